//! The page's entry point. On a native target there is nothing to run.

fn main() {
    #[cfg(target_arch = "wasm32")]
    pim_desk::view::start();
}
