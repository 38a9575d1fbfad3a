//! Web Locks: what one tab of this browser holds, no other tab can take; the browser releases it when the tab is gone.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::window;

/// A lock that is held until this is dropped.
#[must_use = "dropping it gives the lock free"]
pub struct Held {
    release: Rc<RefCell<Option<Function>>>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = self.release.borrow_mut().take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// The result of trying to take a lock.
pub enum Taking {
    /// Held from now on.
    Held(Held),
    /// Another tab holds it.
    Taken,
    /// This browser has no locks, or does not allow them on this page.
    Unknown,
}

/// Takes a lock unless another tab holds it; never waits.
pub async fn take(name: &str) -> Taking {
    let Some((manager, request)) = manager() else { return Taking::Unknown };
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE);
    let release = Rc::new(RefCell::new(None::<Function>));
    let kept = release.clone();
    // The browser calls back with the lock, or with null, and keeps the lock until the promise returned to it settles.
    let answered = Promise::new(&mut move |answer, refused| {
        let kept = kept.clone();
        let on_lock = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let got = lock.is_object();
            let _ = answer.call1(&JsValue::UNDEFINED, &JsValue::from_bool(got));
            if !got {
                return JsValue::UNDEFINED;
            }
            Promise::new(&mut |done, _| *kept.borrow_mut() = Some(done)).into()
        });
        let asked = request.call3(&manager, &JsValue::from_str(name), &options, &on_lock);
        let on_refusal = Closure::once_into_js(move |_: JsValue| {
            let _ = refused.call0(&JsValue::UNDEFINED);
        });
        match asked.ok().and_then(|asked| asked.dyn_into::<Promise>().ok()) {
            Some(asked) => {
                let then: Option<Function> = Reflect::get(&asked, &"catch".into()).ok().and_then(|f| f.dyn_into().ok());
                let _ = then.map(|catch| catch.call1(&asked, &on_refusal));
            }
            None => {
                let _ = on_refusal.unchecked_ref::<Function>().call1(&JsValue::UNDEFINED, &JsValue::UNDEFINED);
            }
        }
    });
    match JsFuture::from(answered).await {
        Ok(got) if got.is_truthy() => Taking::Held(Held { release }),
        Ok(_) => Taking::Taken,
        Err(_) => Taking::Unknown,
    }
}

fn manager() -> Option<(JsValue, Function)> {
    let manager = Reflect::get(&window().navigator(), &"locks".into()).ok().filter(JsValue::is_object)?;
    let request = Reflect::get(&manager, &"request".into()).ok()?.dyn_into::<Function>().ok()?;
    Some((manager, request))
}
