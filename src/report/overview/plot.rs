//! Plots as places in a picture of [`WIDTH`] by [`HEIGHT`] units, for SVG.

use jiff::civil::Date;

/// The width of a picture: that of a phone, so that letters stay readable there.
pub(super) const WIDTH: f64 = 360.0;
pub(super) const HEIGHT: f64 = 180.0;
/// Room for the letters below, above and beside.
const BELOW: f64 = 24.0;
const ABOVE: f64 = 18.0;
const BESIDE: f64 = 40.0;

pub(super) struct Column {
    pub(super) label: String,
    pub(super) count: usize,
    pub(super) x: String,
    pub(super) y: String,
    pub(super) width: String,
    pub(super) height: String,
    pub(super) middle: String,
    pub(super) above: String,
    /// Whether it counts what is to be looked after.
    pub(super) marked: bool,
}

/// A histogram of labels with their counts; the marked ones are coloured.
pub(super) fn columns(counts: &[(&str, usize, bool)]) -> Vec<Column> {
    let most = counts.iter().map(|(_, count, _)| *count).max().unwrap_or(0).max(1) as f64;
    let step = WIDTH / counts.len().max(1) as f64;
    let columns = counts.iter().enumerate().map(|(at, (label, count, marked))| {
        let height = *count as f64 / most * (HEIGHT - BELOW - ABOVE);
        let x = at as f64 * step;
        let y = HEIGHT - BELOW - height;
        Column {
            label: (*label).to_owned(),
            count: *count,
            x: unit(x + step * 0.15),
            y: unit(y),
            width: unit(step * 0.7),
            height: unit(height),
            middle: unit(x + step / 2.0),
            above: unit(y - 4.0),
            marked: *marked,
        }
    });
    columns.collect()
}

/// A share from 0 to 1 over time.
pub(super) struct Line {
    /// The corners of the line, as `points` has them.
    pub(super) points: String,
    /// The runs: place, and what is said of it.
    pub(super) dots: Vec<Dot>,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    /// Lines of comparison: height and label.
    pub(super) grid: Vec<(String, String)>,
}

pub(super) struct Dot {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) said: String,
}

impl Line {
    /// A line through the runs, a step a run: runs come in bursts, and days without them tell nothing.
    pub(super) fn new(runs: &[(Date, f64)]) -> Self {
        // The scale begins at a tenth below the lowest, so that a small drop shows.
        let lowest = runs.iter().map(|(_, share)| *share).fold(1.0, f64::min);
        let floor = (((lowest * 10.0).floor() - 1.0) / 10.0).max(0.0);
        let span = 1.0 - floor;
        let y = |share: f64| HEIGHT - BELOW - (share - floor) / span * (HEIGHT - BELOW - ABOVE);
        let step = (WIDTH - BESIDE - 10.0) / (runs.len().max(2) - 1) as f64;
        let dots: Vec<Dot> = runs
            .iter()
            .enumerate()
            .map(|(at, (day, share))| Dot {
                x: unit(BESIDE + at as f64 * step),
                y: unit(y(*share)),
                said: format!("{day}: {}", percent(*share)),
            })
            .collect();
        let points: Vec<String> = dots.iter().map(|dot| format!("{},{}", dot.x, dot.y)).collect();
        let grid =
            [1.0, f64::midpoint(1.0, floor), floor].map(|share| (unit(y(share)), percent(share)));
        Self {
            points: points.join(" "),
            dots,
            from: runs.first().map(|(day, _)| *day),
            to: runs.last().map(|(day, _)| *day),
            grid: grid.to_vec(),
        }
    }
}

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// A length with one decimal: the same bytes everywhere.
fn unit(length: f64) -> String {
    format!("{length:.1}")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn columns_stand_in_the_picture() {
        let told = columns(&[("a", 0, false), ("b", 8, true), ("c", 4, false)]);
        let heights: Vec<&str> = told.iter().map(|column| column.height.as_str()).collect();
        assert_eq!(heights, ["0.0", "138.0", "69.0"]);
        assert_eq!((told[1].y.as_str(), told[1].x.as_str()), ("18.0", "138.0"));
        assert_eq!(columns(&[("a", 0, false)])[0].height, "0.0");
    }

    #[test]
    fn a_drop_shows() {
        let line = Line::new(&[(date(2026, 11, 1), 1.0), (date(2026, 11, 2), 0.95)]);
        assert_eq!(line.points, "40.0,18.0 350.0,52.5");
        assert_eq!(
            line.grid.iter().map(|(_, label)| label.as_str()).collect::<Vec<_>>(),
            ["100%", "90%", "80%"]
        );
        assert_eq!(Line::new(&[]).points, "");
        assert_eq!(Line::new(&[(date(2026, 11, 1), 0.0)]).points, "40.0,156.0");
    }
}
