//! Faults that are set up for a request: every effect of the emulated tenant.

use pim_desk_tenant::Effect;
use serde_json::Value as Json;

use super::random::Random;

/// A fault that will hit one request.
#[derive(Clone, Debug)]
pub struct Armed {
    pub on_write: bool,
    /// How many requests of this kind come first.
    pub skip: usize,
    pub kind: Kind,
}

/// What happens to the request.
#[derive(Clone, Debug)]
pub enum Kind {
    Latency(u64),
    Refuse(u16, Option<&'static str>),
    Replace(u16, &'static str, &'static str),
    DropBefore,
    DropAfter,
    Lag(i64),
    /// For how long, and which of the reads are old, one bit each.
    Turns(i64, u32),
    NeverStored,
    RotateIds,
    /// Another administrator changes these rules just before.
    OtherEdits(Vec<(String, Json)>),
    DecideBefore,
    RevokeToken,
    StepUp,
}

/// What hits one request.
#[derive(Default)]
pub struct Played {
    pub effects: Vec<Effect>,
    pub edits: Vec<(String, Json)>,
    pub lag_ms: Option<i64>,
}

const INVALID: &str = r#"{"error":{"code":"InvalidPolicy","message":"The policy is invalid."}}"#;
const JSON: &str = "application/json";

/// Any fault other than another administrator's change.
pub fn any(random: &mut Random) -> Kind {
    let refusals = [
        (429, None),
        (429, Some("2")),
        (429, Some("120")),
        (503, Some("3")),
        (503, None),
        (500, None),
        (502, None),
        (504, None),
        (408, None),
        (404, None),
        (400, None),
        (403, None),
        (409, None),
    ];
    match random.below(16) {
        0 => Kind::Latency(*random.pick(&[200, 5_000, 25_000, 59_000])),
        1..=4 => {
            let (status, retry_after) = *random.pick(&refusals);
            Kind::Refuse(status, retry_after)
        }
        5 => Kind::Replace(400, JSON, INVALID),
        6 if random.once_in(2) => Kind::Replace(204, JSON, ""),
        6 => Kind::Replace(200, "text/html", "<html>"),
        7 => Kind::DropBefore,
        8 => Kind::DropAfter,
        9 => Kind::Lag(*random.pick(&[500, 2_000, 20_000, 60_000, 200_000])),
        10 => turns(random),
        11 => Kind::NeverStored,
        12 => Kind::RotateIds,
        13 => Kind::DecideBefore,
        14 => Kind::RevokeToken,
        _ => Kind::StepUp,
    }
}

/// Replicas that answer in turn.
pub fn turns(random: &mut Random) -> Kind {
    let (ms, bits) = (*random.pick(&[2_000, 20_000, 60_000, 200_000]), random.next().to_le_bytes());
    Kind::Turns(ms, u32::from_le_bytes([bits[0], bits[1], bits[2], bits[3]]))
}

/// Takes from the armed faults those that hit a request of this kind.
pub fn play(armed: &mut Vec<Armed>, on_write: bool) -> Played {
    let mut played = Played::default();
    armed.retain_mut(|fault| {
        if fault.on_write != on_write {
            return true;
        }
        if fault.skip > 0 {
            fault.skip -= 1;
            return true;
        }
        match &fault.kind {
            Kind::OtherEdits(edits) => played.edits.extend(edits.iter().cloned()),
            Kind::Lag(ms) | Kind::Turns(ms, _) => played.lag_ms = Some(*ms),
            _ => {}
        }
        played.effects.extend(effect(&fault.kind));
        false
    });
    played
}

fn effect(kind: &Kind) -> Option<Effect> {
    Some(match kind.clone() {
        Kind::Latency(ms) => Effect::Latency { ms },
        Kind::Refuse(status, retry_after) => Effect::Refuse { status, retry_after: retry_after.map(str::to_owned) },
        Kind::Replace(status, content_type, body) => {
            Effect::Replace { status, content_type: content_type.into(), body: body.into() }
        }
        Kind::DropBefore => Effect::DropBefore,
        Kind::DropAfter => Effect::DropAfter,
        Kind::Lag(ms) => Effect::Lag { ms },
        Kind::Turns(ms, old) => Effect::Turns { ms, old },
        Kind::NeverStored => Effect::NeverStored,
        Kind::RotateIds => Effect::RotateIds,
        Kind::RevokeToken => Effect::RevokeToken,
        Kind::StepUp => Effect::StepUp { context: "c1".into() },
        Kind::DecideBefore => Effect::DecideBefore {
            request: "none".into(),
            by: "dana".into(),
            approve: true,
            justification: "Planned work".into(),
        },
        // `EditBefore` under another name: the model makes the change itself, so that it knows who made it.
        Kind::OtherEdits(_) => return None,
    })
}
