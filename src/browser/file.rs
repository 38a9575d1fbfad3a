//! A file that the person selects or drops on the page. It is read in the browser and sent nowhere.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, File, FileList, HtmlInputElement};

use super::event::{Listening, listen};
use super::window;

/// A file that has not been read yet.
pub struct Given(File);

impl Given {
    /// Its name.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Its length in bytes.
    pub fn bytes(&self) -> f64 {
        self.0.size()
    }

    /// Reads it; `None` if the browser cannot.
    pub async fn read(&self) -> Option<Vec<u8>> {
        let buffer = JsFuture::from(self.0.array_buffer()).await.ok()?;
        Some(Uint8Array::new(&buffer).to_vec())
    }
}

fn all(list: Option<FileList>) -> Vec<Given> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)).map(Given).collect()
}

/// The files selected in a field. The field is emptied, so that the same file can be selected again.
pub fn chosen(event: &Event) -> Vec<Given> {
    let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return Vec::new();
    };
    let files = all(field.files());
    field.set_value("");
    files
}

/// Calls back with what is dropped anywhere on the page, and while files are dragged over it. Without this the browser
/// would leave the page and show the file.
pub fn on_drop(dropped: impl Fn(Vec<Given>) + 'static, over: impl Fn(bool) + Clone + 'static) -> [Listening; 3] {
    let (enters, leaves) = (over.clone(), over.clone());
    let carries_files = |event: &Event| {
        let carried = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
        carried.is_some_and(|carried| carried.types().includes(&"Files".into(), 0))
    };
    [
        listen(window(), "dragover", move |event| {
            if carries_files(&event) {
                event.prevent_default();
                enters(true);
            }
        }),
        listen(window(), "dragleave", move |event| {
            // No related target: the drag has left the page.
            if event.dyn_ref::<DragEvent>().is_some_and(|event| event.related_target().is_none()) {
                leaves(false);
            }
        }),
        listen(window(), "drop", move |event| {
            if carries_files(&event) {
                event.prevent_default();
                over(false);
                let carried = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
                dropped(all(carried.and_then(|carried| carried.files())));
            }
        }),
    ]
}
