//! What consumer and producer have in common: logs, statistics, headers.

use std::ffi::{CStr, c_void};
use std::ptr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rdkafka::bindings;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::RDKafkaErrorCode;
use rdkafka::message::{BorrowedMessage, Header as NativeHeader, OwnedHeaders};
use rdkafka::statistics::Statistics;

use crate::pipeline::Header;
use crate::telemetry::metrics::{BrokerStatistics, ClientStatistics};

/// Passes a log line of librdkafka on.
pub(super) fn log(level: RDKafkaLogLevel, facility: &str, line: &str) {
    match level {
        RDKafkaLogLevel::Emerg | RDKafkaLogLevel::Alert | RDKafkaLogLevel::Critical | RDKafkaLogLevel::Error => {
            tracing::error!(target: "librdkafka", facility, "{line}");
        }
        RDKafkaLogLevel::Warning => tracing::warn!(target: "librdkafka", facility, "{line}"),
        RDKafkaLogLevel::Notice | RDKafkaLogLevel::Info => tracing::info!(target: "librdkafka", facility, "{line}"),
        RDKafkaLogLevel::Debug => tracing::debug!(target: "librdkafka", facility, "{line}"),
    }
}

/// Lets an error through to the log that it was not just told.
#[derive(Default)]
pub(super) struct Throttle(Mutex<Vec<(RDKafkaErrorCode, Instant)>>);

impl Throttle {
    const SILENCE: Duration = Duration::from_secs(30);

    pub fn passes(&self, code: RDKafkaErrorCode) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.retain(|(_, when)| when.elapsed() < Self::SILENCE);
        if told.iter().any(|(known, _)| *known == code) {
            return false;
        }
        told.push((code, Instant::now()));
        true
    }
}

/// The part of the statistics that is exposed. Brokers are those that have been talked to; bootstrap entries that
/// turned out to be one of them are left out.
pub(super) fn client_statistics(statistics: &Statistics, queued_records: u64) -> ClientStatistics {
    let brokers = statistics
        .brokers
        .values()
        .filter(|broker| broker.tx > 0 && broker.source != "logical")
        .map(|broker| {
            let average = broker.rtt.as_ref().filter(|rtt| rtt.cnt > 0).map(|rtt| rtt.avg);
            let statistics = BrokerStatistics {
                rtt: average.and_then(|micros| u64::try_from(micros).ok()).map(Duration::from_micros),
                connected: broker.state == "UP",
                requests: broker.tx,
                errors: broker.txerrs + broker.rxerrs + broker.req_timeouts,
            };
            (broker.name.clone(), statistics)
        })
        .collect();
    ClientStatistics { brokers, queued_records }
}

/// The headers of a message. Any bytes may stand in them: a name that is not UTF-8 is made so, where rdkafka's own
/// accessor would panic.
pub(super) fn headers_of(message: &BorrowedMessage<'_>) -> Vec<Header> {
    let mut headers = Vec::new();
    let mut list = ptr::null_mut();
    // SAFETY: the message is alive as long as it is borrowed here, and owns its headers. They are only read.
    let error = unsafe { bindings::rd_kafka_message_headers(message.ptr(), &raw mut list) };
    if error != bindings::rd_kafka_resp_err_t::RD_KAFKA_RESP_ERR_NO_ERROR {
        return headers;
    }
    for index in 0.. {
        let (mut name, mut value, mut size) = (ptr::null(), ptr::null::<c_void>(), 0);
        // SAFETY: `list` was given out by the call above; the three places are valid for writing.
        let error =
            unsafe { bindings::rd_kafka_header_get_all(list, index, &raw mut name, &raw mut value, &raw mut size) };
        if error != bindings::rd_kafka_resp_err_t::RD_KAFKA_RESP_ERR_NO_ERROR || name.is_null() {
            break;
        }
        // SAFETY: librdkafka ends names with a zero byte, and a value that is not null has `size` bytes. Both are
        // copied before the message goes.
        let (name, value) = unsafe {
            let value = (!value.is_null()).then(|| std::slice::from_raw_parts(value.cast::<u8>(), size).to_vec());
            (CStr::from_ptr(name).to_string_lossy().into_owned(), value)
        };
        headers.push(Header { name: name.into(), value: value.map(Into::into) });
    }
    headers
}

/// Headers for a message to be sent.
pub(super) fn native_headers(headers: &[Header]) -> Option<OwnedHeaders> {
    if headers.is_empty() {
        return None;
    }
    let list = OwnedHeaders::new_with_capacity(headers.len());
    Some(headers.iter().fold(list, |list, header| {
        list.insert(NativeHeader { key: header.name.as_ref(), value: header.value.as_deref() })
    }))
}
