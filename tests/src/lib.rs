//! End-to-end tests of the whole project.

pub mod archive;
pub mod dressed;
pub mod exploded;
pub mod fuzz;
pub mod golden;
pub mod hostile;
pub mod lines;
