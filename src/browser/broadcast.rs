//! Tells the other tabs of this browser that someone signed out. Nothing else is ever said, and nothing secret.

use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use web_sys::{BroadcastChannel, MessageEvent};

use super::event::{Listening, listen};
use crate::auth::account::Identity;

const NAME: &str = "pim-desk.signed-out";

thread_local! {
    /// One channel, so that the own words do not come back. `None` where the browser has no such thing.
    static CHANNEL: Option<BroadcastChannel> = BroadcastChannel::new(NAME).ok();
}

/// Tells the other tabs that this person signed out.
pub fn signed_out(who: &Identity) {
    if let Ok(text) = serde_json::to_string(who) {
        CHANNEL.with(|channel| channel.as_ref().map(|channel| channel.post_message(&JsValue::from_str(&text))));
    }
}

/// Calls back when a person signed out in another tab.
pub fn on_signed_out(callback: impl Fn(Identity) + 'static) -> Option<Listening> {
    let channel = CHANNEL.with(Clone::clone)?;
    Some(listen(channel, "message", move |event| {
        let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
        if let Some(who) = text.and_then(|text| serde_json::from_str(&text).ok()) {
            callback(who);
        }
    }))
}
