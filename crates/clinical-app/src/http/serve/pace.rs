//! Connections and bodies that do not wait for ever.

use super::guests::Traffic;
use super::lingering::Unread;
use super::slow::{Slowness, TooSlow};
use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpListener;

/// A reply that waits for its reader is judged after so much waiting. The kernel says that there is room again only
/// when a third of its buffer is free; with [`SEND_BUFFER`] a reader of 1.5 kB a second moves that much in time.
const READER: Duration = Duration::from_secs(60);

/// The same of a body that is sent to us.
const SENDER: Duration = Duration::from_secs(30);

/// What the kernel may hold of a reply that nobody reads; it takes double of what it is told. Left alone it would
/// take up to four megabytes for each connection.
#[cfg(target_os = "linux")]
const SEND_BUFFER: usize = 128 << 10;

/// Bounds what the kernel holds for each connection that this door takes.
pub(super) fn prepare(listener: &TcpListener) {
    // Connections inherit it. Where it cannot be set, the kernel's own bound holds.
    #[cfg(target_os = "linux")]
    let _ = rustix::net::sockopt::set_socket_send_buffer_size(listener, SEND_BUFFER);
    #[cfg(not(target_os = "linux"))]
    let _ = listener;
}

/// A connection whose reader must not be too slow. Reading is not judged here: a connection that is silent between
/// requests is bounded by the time for headers, and a body by [`Upload`].
#[derive(Debug)]
pub(super) struct Paced<S> {
    stream: S,
    reader: Slowness,
    traffic: Arc<Traffic>,
}

impl<S> Paced<S> {
    pub(super) const fn new(stream: S, traffic: Arc<Traffic>) -> Self {
        Self { stream, reader: Slowness::over(READER), traffic }
    }

    fn judged(&mut self, written: Poll<io::Result<usize>>, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let verdict = match &written {
            Poll::Pending => self.reader.waiting(cx),
            Poll::Ready(Ok(bytes)) => self.reader.moved(*bytes),
            Poll::Ready(Err(_)) => Ok(()),
        };
        match verdict {
            Ok(()) => written,
            Err(TooSlow) => {
                self.traffic.count_too_slow();
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(cx, buf);
        this.judged(written, cx)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write_vectored(cx, bufs);
        this.judged(written, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    // A socket has nothing to flush, and closing one waits for nobody.
    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

/// A body that must not come too slowly. To its reader one that does looks like one that was cut off.
#[derive(Debug)]
pub(super) struct Upload<B> {
    body: B,
    sender: Slowness,
    traffic: Arc<Traffic>,
    unread: Unread,
}

impl<B: Body> Upload<B> {
    pub(super) fn new(body: B, traffic: Arc<Traffic>, unread: Unread) -> Self {
        unread.set(!body.is_end_stream());
        Self { body, sender: Slowness::over(SENDER), traffic, unread }
    }
}

impl<B> Body for Upload<B>
where
    B: Body<Data = Bytes, Error: Into<axum::BoxError>> + Unpin,
{
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        let this = self.get_mut();
        let frame = Pin::new(&mut this.body).poll_frame(cx);
        let verdict = match &frame {
            Poll::Pending => this.sender.waiting(cx),
            Poll::Ready(Some(Ok(frame))) => this.sender.moved(frame.data_ref().map_or(0, Bytes::len)),
            // The end, one way or the other.
            Poll::Ready(_) => Ok(()),
        };
        this.unread.set(!matches!(frame, Poll::Ready(None)) && !this.body.is_end_stream());
        match verdict {
            Ok(()) => frame.map_err(Into::into),
            Err(TooSlow) => {
                this.traffic.count_too_slow();
                Poll::Ready(Some(Err(io::Error::from(io::ErrorKind::TimedOut).into())))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests;
