//! The cause of an error of the sign-in service, one of a handful.

use crate::auth::refused::Refused;

/// A cause that has one explanation and one way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// The redirect address is registered, but not for a single-page application.
    NotSinglePage,
    /// The redirect address is not registered.
    RedirectMismatch,
    /// The app is not known in the tenant, or disabled there.
    AppMissing,
    /// A single-tenant app was requested without naming its tenant.
    SingleTenant,
    /// The account does not belong to the tenant.
    WrongAccount,
    /// The account has to be chosen: there are several, or the one used does not belong to the tenant.
    WhichAccount,
    /// The person is not assigned to the app.
    NotAssigned,
    /// A permission was not granted.
    Consent,
    /// The person or an administrator declined.
    Declined,
    /// Nobody is signed in.
    NoSession,
    /// More proof is required, such as MFA.
    MoreProof,
    /// The device does not satisfy a Conditional Access policy.
    Device,
    /// A Conditional Access policy blocks the sign-in.
    Blocked,
    /// The session has expired.
    Expired,
    /// The code was used before.
    Spent,
    /// Too many sign-ins in a row.
    Loop,
    /// A transient fault of the service.
    Passing,
    /// There is no such tenant in this cloud.
    WrongCloud,
    /// The request itself is wrong: a defect of PIM Desk.
    OurFault,
    /// None of the others.
    Unknown,
}

/// Finds the family of an error: by `error` and `suberror` if they say enough, then by the AADSTS number, then by the
/// general meaning of `error`. Source of the numbers: Microsoft, "Microsoft Entra authentication and authorization
/// error codes".
pub fn family(refused: &Refused) -> Family {
    if refused.is_passing() {
        return Family::Passing;
    }
    if refused.error == "login_required" {
        return Family::NoSession;
    }
    refused.code.and_then(by_number).unwrap_or_else(|| by_words(refused))
}

fn by_number(code: u32) -> Option<Family> {
    Some(match code {
        9_002_326 => Family::NotSinglePage,
        50_011 | 70_004 => Family::RedirectMismatch,
        700_016 | 700_011 | 7_000_112 => Family::AppMissing,
        50_194 => Family::SingleTenant,
        50_020 | 50_034 | 51_004 | 90_072 => Family::WrongAccount,
        16_000 => Family::WhichAccount,
        50_105 => Family::NotAssigned,
        65_001 | 90_094 | 90_095 | 650_056 | 650_057 => Family::Consent,
        65_004 => Family::Declined,
        50_058 => Family::NoSession,
        50_072 | 50_074 | 50_076 | 50_078 | 50_079 => Family::MoreProof,
        53_000 | 53_001 => Family::Device,
        53_002..=53_004 | 53_011 | 530_032 | 50_131 => Family::Blocked,
        50_173 | 50_132 | 50_133 | 50_089 | 700_082 | 700_084 | 70_043 | 70_008 => Family::Expired,
        54_005 => Family::Spent,
        50_196 => Family::Loop,
        90_033 | 90_006 | 50_033 | 90_055 | 90_024 => Family::Passing,
        90_038 | 90_002 => Family::WrongCloud,
        501_481 | 50_147 | 501_491 | 90_005 | 9_002_327 => Family::OurFault,
        _ => return None,
    })
}

fn by_words(refused: &Refused) -> Family {
    if refused.lacks_consent() {
        return Family::Consent;
    }
    match refused.error.as_str() {
        "access_denied" => Family::Declined,
        "unauthorized_client" | "invalid_client" => Family::AppMissing,
        "invalid_grant" if refused.grant_is_dead() => Family::Expired,
        _ if refused.needs_person() => Family::MoreProof,
        "invalid_request" | "invalid_scope" | "unsupported_response_type" | "unsupported_grant_type" => {
            Family::OurFault
        }
        _ => Family::Unknown,
    }
}
