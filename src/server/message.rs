//! From a body's bytes to a JSON-RPC message, or to the error that answers it.

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};

use super::framing::{self, Broken, MAX_BODY};

/// What a client says.
#[derive(Debug)]
pub enum Message {
    /// A request, or a notification if it has no id.
    Request(Request),
    /// An answer to a request of ours.
    Response(Response),
}

/// Reads a body. The error is a reply that the client is to get, as JSON-RPC 2.0 section 5.1 says:
/// `-32700` for what isn't JSON, `-32600` for JSON that is no message, with the id if there is one.
pub fn decode(mut body: Vec<u8>) -> Result<Message, Box<Response>> {
    if framing::repair(&mut body) {
        tracing::warn!("a message held text that is not Unicode; it was replaced by U+FFFD");
    }
    let value: Value = serde_json::from_slice(&body).map_err(|error| {
        reply(
            Id::Null,
            ErrorCode::ParseError,
            format!("not JSON: {error}"),
        )
    })?;
    let Value::Object(object) = &value else {
        let why = "a message is one JSON object; LSP has no batches";
        return Err(reply(Id::Null, ErrorCode::InvalidRequest, why.into()));
    };
    let id = object
        .get("id")
        .and_then(|id| serde_json::from_value(id.clone()).ok());
    let invalid = |error: serde_json::Error| {
        reply(
            id.unwrap_or_default(),
            ErrorCode::InvalidRequest,
            error.to_string(),
        )
    };
    if object.contains_key("method") {
        serde_json::from_value(value)
            .map(Message::Request)
            .map_err(invalid)
    } else {
        serde_json::from_value(value)
            .map(Message::Response)
            .map_err(invalid)
    }
}

/// The reply to a message that could not even be cut out of the stream.
pub fn broken(why: &Broken) -> Box<Response> {
    let why = match why {
        Broken::Header(line) => format!("no usable Content-Length: {line}"),
        Broken::TooLong(length) => format!("{length} bytes are more than the {MAX_BODY} allowed"),
    };
    reply(Id::Null, ErrorCode::ParseError, why)
}

fn reply(id: Id, code: ErrorCode, message: String) -> Box<Response> {
    tracing::warn!("unreadable message: {message}; it is left aside");
    Box::new(Response::from_error(
        id,
        Error {
            code,
            message: message.into(),
            data: None,
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(body: &str, expected: Expect) {
        let read = match decode(body.as_bytes().to_vec()) {
            Ok(Message::Request(request)) => format!("{} {:?}", request.method(), request.id()),
            Ok(Message::Response(response)) => format!("answer to {:?}", response.id()),
            Err(reply) => serde_json::to_string(&reply).unwrap(),
        };
        expected.assert_eq(&read);
    }

    #[test]
    fn messages() {
        check(r#"{"jsonrpc":"2.0","method":"exit"}"#, expect!["exit None"]);
        check(
            r#"{"jsonrpc":"2.0","method":"shutdown","id":"a"}"#,
            expect![[r#"shutdown Some(String("a"))"#]],
        );
        check(
            r#"{"jsonrpc":"2.0","id":1,"result":null}"#,
            expect!["answer to Number(1)"],
        );
    }

    #[test]
    fn what_is_no_message_is_answered() {
        check(
            "",
            expect![[
                r#"{"jsonrpc":"2.0","error":{"code":-32700,"message":"not JSON: EOF while parsing a value at line 1 column 0"},"id":null}"#
            ]],
        );
        check(
            "[]",
            expect![[
                r#"{"jsonrpc":"2.0","error":{"code":-32600,"message":"a message is one JSON object; LSP has no batches"},"id":null}"#
            ]],
        );
        check(
            r#"{"jsonrpc":"1.0","method":"x","id":7}"#,
            expect![[
                r#"{"jsonrpc":"2.0","error":{"code":-32600,"message":"expected JSON-RPC version \"2.0\""},"id":7}"#
            ]],
        );
        check(
            r#"{"jsonrpc":"2.0","method":3,"id":7}"#,
            expect![[
                r#"{"jsonrpc":"2.0","error":{"code":-32600,"message":"invalid type: integer `3`, expected a string"},"id":7}"#
            ]],
        );
        check(
            r#"{"jsonrpc":"2.0","id":{}}"#,
            expect![[
                r#"{"jsonrpc":"2.0","error":{"code":-32600,"message":"data did not match any variant of untagged enum Id"},"id":null}"#
            ]],
        );
    }

    #[test]
    fn deep_nesting_is_refused_not_followed() {
        let body = "[".repeat(1_000_000);
        assert!(decode(body.into_bytes()).is_err());
    }
}
