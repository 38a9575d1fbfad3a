//! Messages between tabs of this browser: that someone signed out, and who works on which policy. IDs only, nothing
//! secret.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use web_sys::{BroadcastChannel, MessageEvent};

use super::event::{Listening, listen};
use crate::auth::account::Identity;

/// What a message is about: each has a channel of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// A person signed out.
    SignedOut,
    /// A tab works on a policy.
    Working,
}

thread_local! {
    /// One channel each, so that a tab does not receive its own messages. `None` if the browser does not support it.
    static SIGNED_OUT: Option<BroadcastChannel> = BroadcastChannel::new("pim-desk.signed-out").ok();
    static WORKING: Option<BroadcastChannel> = BroadcastChannel::new("pim-desk.working").ok();
}

fn channel(topic: Topic) -> Option<BroadcastChannel> {
    match topic {
        Topic::SignedOut => SIGNED_OUT.with(Clone::clone),
        Topic::Working => WORKING.with(Clone::clone),
    }
}

/// Sends a message to the other tabs.
pub fn say(topic: Topic, word: &impl Serialize) {
    if let (Some(channel), Ok(text)) = (channel(topic), serde_json::to_string(word)) {
        let _ = channel.post_message(&JsValue::from_str(&text));
    }
}

/// Calls back with each message from another tab that can be parsed.
pub fn on_word<T: DeserializeOwned>(topic: Topic, callback: impl Fn(T) + 'static) -> Option<Listening> {
    Some(listen(channel(topic)?, "message", move |event| {
        let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
        if let Some(word) = text.and_then(|text| serde_json::from_str(&text).ok()) {
            callback(word);
        }
    }))
}

/// Notifies the other tabs that this person signed out.
pub fn signed_out(who: &Identity) {
    say(Topic::SignedOut, who);
}

/// Calls back when a person signed out in another tab.
pub fn on_signed_out(callback: impl Fn(Identity) + 'static) -> Option<Listening> {
    on_word(Topic::SignedOut, callback)
}
