//! A table scrolling faster than the machine can draw it: only the names are drawn until it slows down.

/// Scrolling by the height of this many rows between two events is too much to read.
const ROWS: u32 = 2;

/// Above this speed only names may be drawn, pixels per millisecond.
const FAST: f64 = 2.5;

/// Below this speed everything is drawn again, pixels per millisecond.
const SLOW: f64 = 1.5;

/// A frame that took longer than this was late, ms.
const LATE_MS: f64 = 22.0;

/// One that took longer than this was a pause, ms.
const REST_MS: f64 = 150.0;

/// How the table is scrolling.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flight {
    top_px: u32,
    at_ms: f64,
    /// The previous frame was late.
    late: bool,
    flies: bool,
}

impl Flight {
    /// Whether only names are drawn.
    pub const fn flies(&self) -> bool {
        self.flies
    }

    /// The table is now at `top_px`. Only names are drawn once two successive frames are late and it is fast.
    pub fn moved(&mut self, top_px: u32, now_ms: f64, row_px: u32) {
        let (way, took) = (f64::from(top_px.abs_diff(self.top_px)), now_ms - self.at_ms);
        // The browser reports a move that the page made itself a second time.
        if way <= 0.0 || took <= 0.0 {
            return;
        }
        (self.top_px, self.at_ms) = (top_px, now_ms);
        if self.flies {
            self.flies = took < REST_MS && way > SLOW * took;
            return;
        }
        let late = (LATE_MS..REST_MS).contains(&took) && way >= f64::from(ROWS * row_px) && way > FAST * took;
        self.flies = late && self.late;
        self.late = late;
    }

    /// The table has stopped.
    pub fn rested(&mut self) {
        (self.late, self.flies) = (false, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Moves by `px` every `ms`, this many times; whether only names were drawn after each.
    fn run(flight: &mut Flight, px: u32, ms: f64, times: usize) -> Vec<bool> {
        let step = |_| {
            flight.moved(flight.top_px + px, flight.at_ms + ms, 36);
            flight.flies()
        };
        (0..times).map(step).collect()
    }

    #[test]
    fn a_machine_that_keeps_up_draws_everything_at_any_speed() {
        assert_eq!(run(&mut Flight::default(), 400, 17.0, 100), [false; 100]);
    }

    #[test]
    fn two_late_frames_of_a_fast_table_leave_the_names_only() {
        assert_eq!(run(&mut Flight::default(), 300, 30.0, 3), [false, true, true]);
        assert_eq!(run(&mut Flight::default(), 60, 30.0, 9), [false; 9], "slow: it can be read");
        let mut flight = Flight::default();
        run(&mut flight, 300, 30.0, 1);
        run(&mut flight, 300, 16.0, 1);
        assert_eq!(run(&mut flight, 300, 30.0, 1), [false], "one late frame between others");
    }

    #[test]
    fn it_flies_on_while_it_is_fast_and_no_longer() {
        let mut flight = Flight::default();
        run(&mut flight, 300, 30.0, 2);
        assert_eq!(run(&mut flight, 200, 17.0, 20), [true; 20], "in time now, because less is drawn");
        assert_eq!(run(&mut flight, 20, 17.0, 1), [false]);
        run(&mut flight, 300, 30.0, 2);
        assert_eq!(run(&mut flight, 2000, 500.0, 1), [false], "a leap after a rest");
        run(&mut flight, 300, 30.0, 2);
        flight.rested();
        assert_eq!((flight.flies(), run(&mut flight, 300, 30.0, 1)), (false, vec![false]));
    }
}
