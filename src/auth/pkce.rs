//! PKCE (RFC 7636), method S256 only.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::base64url;

/// The secret one sign-in is bound to: 43 characters from 32 random bytes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Verifier(String);

impl Verifier {
    /// The verifier made from these random bytes.
    pub fn new(random: [u8; 32]) -> Self {
        Self(base64url::encode(&random))
    }

    /// The challenge for the authorization request: the base64url SHA-256 of the verifier.
    pub fn challenge(&self) -> String {
        base64url::encode(&Sha256::digest(self.0.as_bytes()))
    }

    /// The verifier itself, for redeeming the code.
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Verifier(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7636, appendix B.
    #[test]
    fn rfc_7636_vector() {
        let random = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191,
            240, 91, 88, 5, 88, 83, 132, 141, 121,
        ];
        let verifier = Verifier::new(random);
        assert_eq!(verifier.secret(), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(verifier.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert_eq!(format!("{verifier:?}"), "Verifier(…)");
    }
}
