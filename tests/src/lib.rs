//! End-to-end tests of the whole project.

pub mod archive;
pub mod exploded;
pub mod golden;
pub mod lines;
