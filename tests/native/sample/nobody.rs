//! Names that are all unknown.

use pim_desk::directory::AuthenticationContext;
use pim_desk::policy::Approver;
use pim_desk::text::policy::value::Names;

pub struct Nobody;

impl Names for Nobody {
    fn approver(&self, _: &Approver) -> Option<String> {
        None
    }

    fn contexts(&self) -> Option<&[AuthenticationContext]> {
        None
    }
}
