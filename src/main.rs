//! The page's entry point. On a native target it does nothing.

fn main() {
    #[cfg(target_arch = "wasm32")]
    pim_desk::view::start();
}
