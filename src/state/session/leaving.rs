//! Leaving the session while something is being saved or decided: what is in flight is finished and read back first,
//! the rest is not started.

use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use crate::browser::BrowserWorld;
use crate::state::frame::nav::Nav;
use crate::world::Clock;

/// How often to check whether everything is over, ms.
const LOOK_MS: u32 = 100;

/// Ends what is being saved, and waits for it. `true`: the same person comes back, and the rest is kept for them.
pub type WindUp = Rc<dyn Fn(bool) -> LocalBoxFuture<'static, ()>>;

/// The [`WindUp`] of the page's saves.
pub fn wind_up(nav: Nav) -> WindUp {
    Rc::new(move |comes_back| {
        Box::pin(async move {
            if nav.is_at_work() {
                nav.stop_saving(comes_back);
            }
            while nav.is_at_work() {
                BrowserWorld.sleep(LOOK_MS).await;
            }
        })
    })
}
