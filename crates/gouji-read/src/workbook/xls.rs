use crate::ReadError;
use crate::assembly::Assembly;
pub(crate) fn read(_bytes: &[u8], _assembly: &mut Assembly) -> Result<(), ReadError> {
    Err(ReadError::Workbook { what: "later" })
}
