//! JSON objects in which no member stands twice. `serde_json` keeps the last of two silently; another reader may keep
//! the first, and then two programs that check the same signature read two different tokens.

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// Why there is no object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fault {
    /// It is no JSON, no object, or too deep (128 levels).
    NotAnObject,
    /// A member stands twice, at whatever depth.
    Double,
}

/// Marks our own error; the messages of serde_json otherwise say nothing that could be it.
const DOUBLE: &str = "double member";

/// Reads one object.
pub(super) fn object(bytes: &[u8]) -> Result<Map<String, Value>, Fault> {
    match serde_json::from_slice::<Single>(bytes) {
        Ok(Single(Value::Object(map))) => Ok(map),
        Err(error) if error.is_data() && error.to_string().starts_with(DOUBLE) => Err(Fault::Double),
        Ok(_) | Err(_) => Err(Fault::NotAnObject),
    }
}

struct Single(Value);

impl<'de> Deserialize<'de> for Single {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Single(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some((name, Single(value))) = members.next_entry::<String, Single>()? {
            if map.insert(name, value).is_some() {
                return Err(A::Error::custom(DOUBLE));
            }
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_reads_as_serde_json_reads_it() {
        let text = r#"{"a":1,"b":[-1,2.5,true,null,"x"],"c":{"a":{}}}"#;
        assert_eq!(object(text.as_bytes()).map(Value::Object), Ok(serde_json::from_str(text).unwrap()));
    }

    #[test]
    fn a_member_that_stands_twice_is_seen_at_every_depth() {
        for text in [r#"{"a":1,"a":1}"#, r#"{"x":{"a":1,"b":2,"a":3}}"#, r#"{"x":[{"a":1,"\u0061":2}]}"#] {
            assert_eq!(object(text.as_bytes()), Err(Fault::Double), "{text}");
        }
    }

    #[test]
    fn what_is_no_object_is_refused() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(4000), "]".repeat(4000));
        for text in ["", "null", "[]", "\"double member\"", "{}{}", "{\"a\":1,}", "{\"a\":1e999}", "\u{feff}{}", &deep]
        {
            assert_eq!(object(text.as_bytes()), Err(Fault::NotAnObject), "{text}");
        }
        assert_eq!(object(b"{\"a\":\"\xff\"}"), Err(Fault::NotAnObject));
    }
}
