//! The end of a connection whose client is still sending.
//!
//! A client that is refused by its headers (no token, too large, too often) sends its document all the same. Were the
//! socket closed then, the kernel would answer the document with a reset, and that can take the reply away from a client
//! that has not read it yet. So the reply is followed by its end, and what still comes is read and thrown away, for a
//! while (RFC 9112, section 9.6).

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Sleep;

/// How long what still comes is read.
const FOR: Duration = Duration::from_secs(1);

/// How much of it.
const MOST: usize = 1 << 20;

/// Whether the body of the last request of a connection was not read to its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Unread(Arc<AtomicBool>);

impl Unread {
    pub(super) fn set(&self, is_unread: bool) {
        self.0.store(is_unread, Ordering::Relaxed);
    }
}

/// A connection that is not closed in the face of a client that is sending.
#[derive(Debug)]
pub(super) struct Lingering<S> {
    stream: S,
    unread: Unread,
    is_shut: bool,
    until: Option<Pin<Box<Sleep>>>,
    thrown: usize,
    space: Vec<u8>,
}

impl<S> Lingering<S> {
    pub(super) const fn new(stream: S, unread: Unread) -> Self {
        Self { stream, unread, is_shut: false, until: None, thrown: 0, space: Vec::new() }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Lingering<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if !this.is_shut {
            ready!(Pin::new(&mut this.stream).poll_shutdown(cx))?;
            this.is_shut = true;
        }
        if !this.unread.0.load(Ordering::Relaxed) {
            return Poll::Ready(Ok(()));
        }
        // It is somebody's record: memory that is freed is overwritten, a place on the stack is not.
        this.space.resize(8 << 10, 0);
        let until = this.until.get_or_insert_with(|| Box::pin(tokio::time::sleep(FOR)));
        while this.thrown < MOST && until.as_mut().poll(cx).is_pending() {
            let mut read = ReadBuf::new(&mut this.space);
            let came = Pin::new(&mut this.stream).poll_read(cx, &mut read).map_ok(|()| read.filled().len());
            match ready!(came) {
                Ok(bytes) if bytes > 0 => this.thrown += bytes,
                _ => break,
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Lingering<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(cx, buf)
    }
}
