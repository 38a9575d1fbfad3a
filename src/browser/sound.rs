//! A short sound, synthesized here: no file is loaded.

use web_sys::{AudioContext, OscillatorType};

/// Two soft notes. Browsers play nothing before the person has used the page, and some nothing at all; that is ignored.
pub fn chime() {
    let Ok(context) = AudioContext::new() else { return };
    let now = context.current_time();
    for (note, at) in [(660.0, 0.0), (880.0, 0.16)] {
        let (Ok(tone), Ok(volume)) = (context.create_oscillator(), context.create_gain()) else { return };
        tone.set_type(OscillatorType::Sine);
        tone.frequency().set_value(note);
        let (begin, end) = (now + at, now + at + 0.3);
        let _ = volume.gain().set_value_at_time(0.12, begin);
        let _ = volume.gain().exponential_ramp_to_value_at_time(0.001, end);
        let _ = tone.connect_with_audio_node(&volume);
        let _ = volume.connect_with_audio_node(&context.destination());
        let _ = tone.start_with_when(begin);
        let _ = tone.stop_with_when(end);
        if at > 0.0 {
            let done = context.clone();
            let close = wasm_bindgen::closure::Closure::once_into_js(move || {
                let _ = done.close();
            });
            tone.set_onended(Some(wasm_bindgen::JsCast::unchecked_ref(&close)));
        }
    }
}
