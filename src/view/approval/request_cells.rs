//! The first cells of a row about a request: who asked, for what, for how long.

use leptos::prelude::*;

use super::names::{names_of, target_name};
use crate::approval::{Request, Target};
use crate::browser::locale;
use crate::route::Route;
use crate::text;
use crate::view::part::{TableCell, UserText};

/// Two cells; views that call it follow names being looked up.
pub fn request_cells(request: &Request) -> AnyView {
    let names = names_of(request);
    let href = Route::Approval { request: request.id.clone() }.to_string();
    let (access, length) = (access_of(&request.target), text::approval::length(&request.length, locale::date_time));
    view! {
        <TableCell heads_row=true>
            <a href=href><UserText text=names.person /></a>
            <p class="help"><UserText text=names.username /></p>
        </TableCell>
        <TableCell label=text::approval::ACCESS>
            <div>
                {access}
                <p class="help">{length}</p>
            </div>
        </TableCell>
    }
    .into_any()
}

/// What is asked for: "Member of …", with the scope of a role; views that call it follow names being looked up.
pub fn access_of(target: &Target) -> AnyView {
    let words = text::approval::access(target);
    let scope = text::approval::directory_scope(target);
    view! { {words} " " <UserText text=target_name(target) /> {scope.map(|scope| view! { " " <UserText text=scope /> })} }
        .into_any()
}
