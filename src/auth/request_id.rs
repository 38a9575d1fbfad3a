//! `client-request-id`: the GUID a request carries so that Microsoft's support can find it.

use std::fmt::Write as _;

use crate::world::Entropy;

/// A fresh random GUID (version 4, lower case, hyphens).
pub fn request_id(entropy: &impl Entropy) -> String {
    let random = entropy.random();
    let mut text = String::with_capacity(36);
    for (at, byte) in random.iter().take(16).enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        let byte = match at {
            6 => byte & 0x0f | 0x40,
            8 => byte & 0x3f | 0x80,
            _ => *byte,
        };
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Ones;

    impl Entropy for Ones {
        fn random(&self) -> [u8; 32] {
            [0xff; 32]
        }
    }

    #[test]
    fn is_a_version_4_guid() {
        assert_eq!(request_id(&Ones), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }
}
