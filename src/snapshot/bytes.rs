//! Decodes the bytes of a file: UTF-8, or UTF-16 with a byte order mark, as Windows PowerShell writes it.

use super::fault::{Fault, Place, What};
use super::is_opened;

/// The text without its byte order mark.
pub fn text(bytes: &[u8]) -> Result<String, Fault> {
    if !is_opened(bytes.len(), 0) {
        return Err(Fault::file(What::TooLarge));
    }
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes)?,
        _ => {
            let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
            std::str::from_utf8(bytes).map_err(|error| not_text(&bytes[..error.valid_up_to()]))?.to_owned()
        }
    };
    if text.contains('\0') {
        return Err(Fault::file(What::NotText));
    }
    if text.trim().is_empty() { Err(Fault::file(What::Empty)) } else { Ok(text) }
}

fn not_text(before: &[u8]) -> Fault {
    let line = before.split(|byte| *byte == b'\n').count();
    Fault { place: Place::Line(line), what: What::NotText }
}

fn wide(bytes: &[u8], read: fn([u8; 2]) -> u16) -> Result<String, Fault> {
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err(Fault::file(What::NotText));
    }
    let units: Vec<u16> = pairs.filter_map(|pair| Some(read(pair.try_into().ok()?))).collect();
    String::from_utf16(&units).map_err(|_| Fault::file(What::NotText))
}

#[cfg(test)]
mod tests {
    use super::super::LARGEST;
    use super::*;

    #[test]
    fn windows_and_plain_text_are_read_and_the_rest_is_refused() {
        let wide = |text: &str| -> Vec<u8> {
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
        };
        for bytes in [b"{\"a\":1}".to_vec(), b"\xef\xbb\xbf{\"a\":1}".to_vec(), wide("{\"a\":1}")] {
            assert_eq!(text(&bytes).unwrap(), "{\"a\":1}");
        }
        assert_eq!(text(b" \n"), Err(Fault::file(What::Empty)));
        assert_eq!(text(b"a\nb\n\xff"), Err(Fault { place: Place::Line(3), what: What::NotText }));
        assert_eq!(text(b"a\0b"), Err(Fault::file(What::NotText)));
        assert_eq!(text(&[0xff, 0xfe, 0x41]), Err(Fault::file(What::NotText)));
        assert_eq!(text(&vec![b' '; LARGEST + 1]), Err(Fault::file(What::TooLarge)));
    }
}
