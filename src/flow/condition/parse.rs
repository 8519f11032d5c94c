//! From the text of a condition to what it says; the grammar is in the knowledge base's README.
//!
//! ```text
//! condition  = all { ("または" | "or") all }
//! all        = not { ("かつ" | "and") not }
//! not        = "not" not | primary [ "でない" ]
//! primary    = "(" condition ")" | incident | code | test | comparison
//! incident   = ("事象" | "incident") text
//! code       = ("コード" | "code") ( text | word )
//! test       = fact [ "が" | "は" ] ( "空" | "なし" | "ある" )
//! comparison = sum operator sum { "|" sum }
//! sum        = term { ("+" | "-") term }
//! term       = fact | "現在" | time | duration | number | truth | text
//! fact       = "「" label "」" | word
//! ```
//!
//! Signs may be full-width. Depth and length are bounded, because a knowledge base is read by machines
//! that its writers do not own.

use std::ops::Range;

use winnow::Parser;
use winnow::combinator::{alt, cut_err, opt, preceded, repeat, terminated};
use winnow::error::{ErrMode, ModalResult, ParserError};
use winnow::stream::{LocatingSlice, Location, Stateful, Stream};
use winnow::token::{one_of, take_till, take_while};

use super::super::value::{self, Type, Value};
use super::model::ConditionError;
use super::model::{
    Comparison, Condition, Expression, Formula, Operator, Sign, State, Sum, Term, TermKind,
};
use crate::source::{Phrase, phrase};

/// The longest condition, in bytes.
const LONGEST: usize = 4096;
/// The deepest nesting of parentheses and negations.
const DEEPEST: usize = 32;

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    ///
    /// Where the text is no condition; the error says where, and what to write.
    pub fn parse(written: &str) -> Result<Self, ConditionError> {
        Ok(Self { written: written.trim().to_owned(), expression: whole(written, condition)? })
    }
}

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    ///
    /// Where the text is no formula; the error says where, and what to write.
    pub fn parse(written: &str) -> Result<Self, ConditionError> {
        Ok(Self { written: written.trim().to_owned(), sum: whole(written, sum)? })
    }
}

type Input<'s> = Stateful<LocatingSlice<&'s str>, usize>;
type Parsed<O> = ModalResult<O, Failure>;

/// Where reading stopped, and what was expected there.
#[derive(Debug, Clone)]
struct Failure {
    at: usize,
    expected: Expected,
}

/// An expectation that was not met: the fault, where it is not the character that is there, and how to write it.
#[derive(Debug, Clone, Copy)]
struct Expected(Option<[&'static str; 2]>, [&'static str; 2]);

const OPERAND: Expected = Expected(
    None,
    [
        "項目は「最終アクセス」、日時は 2024-05-08 12:00、期間は 6日、文字は \"…\" のように書きます",
        "write a fact as 「最終アクセス」, a time as 2024-05-08 12:00, a duration as 6日, a text as \"…\"",
    ],
);
const OPERATOR: Expected = Expected(
    None,
    [
        "項目のあとには <、<=、=、!=、>=、>、≒ か、が空、がなし、がある を書きます",
        "a fact is followed by <, <=, =, !=, >=, >, ≒, or by が空, がなし, がある",
    ],
);
const TEXT: Expected = Expected(
    None,
    [
        "事象 \"画面に出る文面\"、コード 4026 のように書きます",
        "write 事象 \"the message\" or コード 4026",
    ],
);
const CLOSING: Expected = Expected(
    Some(["かっこや引用符が閉じていません", "a bracket or a quotation is not closed"]),
    ["閉じるかっこか引用符を足してください", "add the closing one"],
);
const LABEL: Expected = Expected(
    Some(["項目名がありません", "there is no label"]),
    ["「最終アクセス」のように書きます", "write 「最終アクセス」"],
);
const CALENDAR: Expected = Expected(
    Some(["暦にない日時です", "there is no such day or time"]),
    ["2024-05-08 17:19:30 のように書きます", "write 2024-05-08 17:19:30"],
);
const DIVIDE: [&str; 2] = ["条件を2つの確認に分けてください", "divide it into two checks"];
const SHALLOWER: Expected =
    Expected(Some(["条件の入れ子が深すぎます", "the condition is nested too deeply"]), DIVIDE);
const END: Expected = Expected(
    None,
    ["条件をつなぐには「かつ」か「または」を書きます", "conditions are joined by かつ or または"],
);

impl<'s> ParserError<Input<'s>> for Failure {
    type Inner = Self;

    fn from_input(input: &Input<'s>) -> Self {
        Self { at: input.current_token_start(), expected: OPERAND }
    }

    fn or(self, other: Self) -> Self {
        if self.at > other.at { self } else { other }
    }

    fn into_inner(self) -> Result<Self::Inner, Self> {
        Ok(self)
    }
}

fn whole<'s, O>(
    written: &'s str,
    parser: impl Parser<Input<'s>, O, ErrMode<Failure>>,
) -> Result<O, ConditionError> {
    if written.len() > LONGEST {
        return Err(too_long(written));
    }
    let mut input = Stateful { input: LocatingSlice::new(written), state: 0 };
    let result = terminated(parser, spaces)
        .parse_next(&mut input)
        .and_then(|read| if input.is_empty() { Ok(read) } else { fail(&input, END) });
    result.map_err(|error| match error.into_inner() {
        Ok(failure) => failure.explain(written),
        Err(_) => too_long(written),
    })
}

fn fail<O>(input: &Input<'_>, expected: Expected) -> Parsed<O> {
    Err(ErrMode::Cut(Failure { at: input.current_token_start(), expected }))
}

/// The parser, with `expected` told where it fails.
fn expect<'s, O>(
    expected: Expected,
    mut parser: impl Parser<Input<'s>, O, ErrMode<Failure>>,
) -> impl Parser<Input<'s>, O, ErrMode<Failure>> {
    move |input: &mut Input<'s>| {
        let at = input.current_token_start();
        parser.parse_next(input).map_err(|error| match error {
            ErrMode::Backtrack(_) => ErrMode::Cut(Failure { at, expected }),
            error => error,
        })
    }
}

fn spaces(input: &mut Input<'_>) -> Parsed<()> {
    take_while(0.., char::is_whitespace).void().parse_next(input)
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '々' | 'ー' | '・')
}

/// A word by itself, one of `names`.
fn keyword<'s>(
    names: &'static [&'static str],
) -> impl Parser<Input<'s>, &'static str, ErrMode<Failure>> {
    move |input: &mut Input<'s>| {
        spaces(input)?;
        let start = input.checkpoint();
        let word: &str = take_while(1.., is_word).parse_next(input)?;
        match names.iter().find(|name| word.eq_ignore_ascii_case(name)) {
            Some(name) => Ok(*name),
            None => {
                input.reset(&start);
                Err(ErrMode::Backtrack(Failure::from_input(input)))
            }
        }
    }
}

/// One of `signs`, whatever follows.
fn sign<'s>(
    signs: &'static [&'static str],
) -> impl Parser<Input<'s>, &'static str, ErrMode<Failure>> {
    move |input: &mut Input<'s>| {
        spaces(input)?;
        one_of_texts(input, signs.iter().copied())
    }
}

fn one_of_texts<'t>(
    input: &mut Input<'_>,
    mut texts: impl Iterator<Item = &'t str>,
) -> Parsed<&'t str> {
    let found = texts.find(|text| input.input.starts_with(*text));
    let found = found.ok_or_else(|| ErrMode::Backtrack(Failure::from_input(input)))?;
    let _ = input.next_slice(found.len());
    Ok(found)
}

fn condition(input: &mut Input<'_>) -> Parsed<Expression> {
    deeper(input, |input| joined(input, all, &["または", "or"], Expression::Any))
}

/// One level of nesting further in: how deep a condition goes is bounded.
fn deeper<'s>(
    input: &mut Input<'s>,
    read: impl Fn(&mut Input<'s>) -> Parsed<Expression>,
) -> Parsed<Expression> {
    if input.state >= DEEPEST {
        return fail(input, SHALLOWER);
    }
    input.state += 1;
    let inner = read(input);
    input.state -= 1;
    inner
}

fn all(input: &mut Input<'_>) -> Parsed<Expression> {
    joined(input, not, &["かつ", "and"], Expression::All)
}

/// One or more parts with one of `words` between them; a Japanese word needs no space around it.
fn joined<'s>(
    input: &mut Input<'s>,
    mut part: impl FnMut(&mut Input<'s>) -> Parsed<Expression>,
    words: &'static [&'static str; 2],
    join: impl Fn(Vec<Expression>) -> Expression,
) -> Parsed<Expression> {
    let mut parts = vec![part(input)?];
    let (japanese, english) = words.split_at(1);
    while opt(alt((sign(japanese), keyword(english)))).parse_next(input)?.is_some() {
        parts.push(part(input)?);
    }
    Ok(if parts.len() > 1 { join(parts) } else { parts.swap_remove(0) })
}

fn not(input: &mut Input<'_>) -> Parsed<Expression> {
    if opt(keyword(&["not"])).parse_next(input)?.is_some() {
        return deeper(input, not).map(|inner| Expression::Not(Box::new(inner)));
    }
    let inner = primary(input)?;
    let negated = opt(sign(&["でない", "ではない"])).parse_next(input)?.is_some();
    Ok(if negated { Expression::Not(Box::new(inner)) } else { inner })
}

fn primary(input: &mut Input<'_>) -> Parsed<Expression> {
    spaces(input)?;
    if opt(one_of(['(', '（'])).parse_next(input)?.is_some() {
        let inner = condition(input)?;
        spaces(input)?;
        expect(CLOSING, one_of([')', '）'])).parse_next(input)?;
        return Ok(inner);
    }
    let start = input.current_token_start();
    if opt(keyword(&["事象", "incident"])).parse_next(input)?.is_some() {
        spaces(input)?;
        let text = expect(TEXT, text).parse_next(input)?;
        return Ok(Expression::Incident { text, span: start..input.previous_token_end() });
    }
    if opt(keyword(&["コード", "code"])).parse_next(input)?.is_some() {
        spaces(input)?;
        let bare =
            take_while(1.., |c: char| is_word(c) || matches!(c, '/' | '-')).map(str::to_owned);
        let written = expect(TEXT, alt((text, bare))).parse_next(input)?;
        return Ok(Expression::Code { written, span: start..input.previous_token_end() });
    }
    let left = sum(input)?;
    if let Some(Term { kind: TermKind::Fact(label), .. }) = left.alone() {
        let state = preceded(opt(sign(&["が", "は"])), state);
        if let Some(state) = opt(state).parse_next(input)? {
            let span = start..input.previous_token_end();
            return Ok(Expression::Is { label: label.clone(), state, span });
        }
    }
    let operator = expect(OPERATOR, operator).parse_next(input)?;
    let mut right = vec![sum(input)?];
    while opt(sign(&["|", "｜"])).parse_next(input)?.is_some() {
        right.push(sum(input)?);
    }
    let span = start..input.previous_token_end();
    Ok(Expression::Compare(Comparison { left, operator, right, span }))
}

fn state(input: &mut Input<'_>) -> Parsed<State> {
    alt((
        sign(&["空欄", "空"]).value(State::Empty),
        sign(&["なし", "ない"]).value(State::None),
        sign(&["ある", "あり"]).value(State::Pasted),
        keyword(&["empty"]).value(State::Empty),
        keyword(&["absent"]).value(State::None),
        keyword(&["pasted"]).value(State::Pasted),
    ))
    .parse_next(input)
}

fn operator(input: &mut Input<'_>) -> Parsed<Operator> {
    alt((
        sign(&["<=", "＜＝", "≦", "≤"]).value(Operator::LessOrEqual),
        sign(&[">=", "＞＝", "≧", "≥"]).value(Operator::GreaterOrEqual),
        sign(&["!=", "！＝", "≠"]).value(Operator::NotEqual),
        sign(&["≒", "~"]).value(Operator::Like),
        sign(&["<", "＜"]).value(Operator::Less),
        sign(&[">", "＞"]).value(Operator::Greater),
        sign(&["==", "=", "＝"]).value(Operator::Equal),
    ))
    .parse_next(input)
}

fn sum(input: &mut Input<'_>) -> Parsed<Sum> {
    spaces(input)?;
    let start = input.current_token_start();
    let first = term(input)?;
    let signs =
        alt((sign(&["+", "＋"]).value(Sign::Plus), sign(&["-", "－", "−"]).value(Sign::Minus)));
    let rest: Vec<(Sign, Term)> = repeat(0.., (signs, cut_err(term))).parse_next(input)?;
    Ok(Sum { first, rest, span: start..input.previous_token_end() })
}

fn term(input: &mut Input<'_>) -> Parsed<Term> {
    spaces(input)?;
    let start = input.current_token_start();
    let kind = expect(
        OPERAND,
        alt((
            text.map(|text| TermKind::Literal(value::read(Type::Text, &text), text)),
            label.map(TermKind::Fact),
            time,
            duration,
            number,
            word,
        )),
    )
    .parse_next(input)?;
    Ok(Term { kind, span: start..input.previous_token_end() })
}

/// `"…"`, `“…”` or `『…』`.
fn text(input: &mut Input<'_>) -> Parsed<String> {
    let closing = match one_of(['"', '“', '『', '＂']).parse_next(input)? {
        '“' => '”',
        '『' => '』',
        quote => quote,
    };
    let text: &str = take_till(0.., closing).parse_next(input)?;
    expect(CLOSING, closing).parse_next(input)?;
    Ok(text.to_owned())
}

/// `「最終アクセス」`.
fn label(input: &mut Input<'_>) -> Parsed<String> {
    let _ = '「'.parse_next(input)?;
    let label = expect(LABEL, take_till(1.., ['「', '」'])).parse_next(input)?;
    expect(CLOSING, '」').parse_next(input)?;
    Ok(label.trim().to_owned())
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || ('０'..='９').contains(&character)
}

fn digits<'s>(input: &mut Input<'s>) -> Parsed<&'s str> {
    take_while(1..=4, is_digit).parse_next(input)
}

/// `2024-05-08`, `2024年5月8日 17:19:30`.
fn time(input: &mut Input<'_>) -> Parsed<TermKind> {
    let start = input.current_token_start();
    let between =
        |input: &mut Input<'_>| one_of(['-', '/', '.', '年', '月']).void().parse_next(input);
    let minutes = |c: char| is_digit(c) || matches!(c, ':' | '：' | '分' | '秒');
    let clock = |input: &mut Input<'_>| {
        (spaces, digits, one_of([':', '：', '時']), take_while(0.., minutes))
            .void()
            .parse_next(input)
    };
    let date = (take_while(4..=4, is_digit), between, digits, between, digits, opt('日'));
    let written: &str = (date, opt(clock)).take().parse_next(input)?;
    // A version of three numbers is none of the calendar.
    match value::read(Type::Time, written) {
        time @ Value::Time(_) => Ok(TermKind::Literal(time, written.to_owned())),
        _ => Err(ErrMode::Cut(Failure { at: start, expected: CALENDAR })),
    }
}

/// `6日`, `1日12時間`, `30 minutes`.
fn duration(input: &mut Input<'_>) -> Parsed<TermKind> {
    let amount = |input: &mut Input<'_>| {
        (take_while(1..=9, is_digit), spaces).void().parse_next(input)?;
        one_of_texts(input, value::units().map(|(name, _)| name))
    };
    let written: &str = repeat::<_, _, (), _, _>(1.., amount).take().parse_next(input)?;
    match value::duration(written) {
        Some(length) => {
            let value = Value::Duration(value::Interval::exact(length));
            Ok(TermKind::Literal(value, written.to_owned()))
        }
        None => Err(ErrMode::Backtrack(Failure::from_input(input))),
    }
}

/// `1,234`, `9.1`, `8.4.1`.
fn number(input: &mut Input<'_>) -> Parsed<TermKind> {
    let part = |c: char| is_digit(c) || matches!(c, '.' | '．' | ',' | '，');
    let written: &str = (one_of(is_digit), take_while(0..=40, part)).take().parse_next(input)?;
    let value = match value::read(Type::Number, written) {
        number @ Value::Number(_) => number,
        _ => value::read(Type::Version, written),
    };
    Ok(TermKind::Literal(value, written.to_owned()))
}

/// `現在`, a truth, or a label without brackets.
fn word(input: &mut Input<'_>) -> Parsed<TermKind> {
    let start = input.checkpoint();
    let word: &str = take_while(1.., is_word).parse_next(input)?;
    Ok(match word.to_ascii_lowercase().as_str() {
        "現在" | "now" => TermKind::Now,
        "true" | "はい" => TermKind::Literal(Value::Truth(true), word.to_owned()),
        "false" | "いいえ" => TermKind::Literal(Value::Truth(false), word.to_owned()),
        "かつ" | "または" | "and" | "or" | "not" | "事象" | "コード" | "incident" | "code" =>
        {
            input.reset(&start);
            return Err(ErrMode::Backtrack(Failure::from_input(input)));
        }
        _ => TermKind::Fact(word.to_owned()),
    })
}

impl Failure {
    fn explain(&self, written: &str) -> ConditionError {
        let next = written.get(self.at..).unwrap_or_default().chars().next();
        let span: Range<usize> = self.at..self.at + next.map_or(0, char::len_utf8);
        let Expected(wrong, [ja, en]) = self.expected;
        let message = match (wrong, next) {
            (Some([ja, en]), _) => Phrase::new(ja, en),
            (None, Some(next)) => phrase!("「{next}」は読めません", "`{next}` cannot be read"),
            (None, None) => Phrase::new("ここで終わっています", "the condition ends here"),
        };
        ConditionError { span, message, hint: Phrase::new(ja, en) }
    }
}

fn too_long(written: &str) -> ConditionError {
    ConditionError {
        span: 0..written.len(),
        message: Phrase::new("条件が長すぎます", "the condition is too long"),
        hint: Phrase::new(DIVIDE[0], DIVIDE[1]),
    }
}
