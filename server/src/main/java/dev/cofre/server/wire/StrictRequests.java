package dev.cofre.server.wire;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.cofre.server.access.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Lets requests through to the library, heads only as a whole, and only while each of them is a [RequestHead] and each chunk begins with
/// nothing but its size, and all of one body are no more than any body may be. What comes after the first that is not is never looked at: it is answered once, and the connection ends.
/// A head takes at most [Limits#head], a body what its length takes at [Limits#slowest], and a minute.
final class StrictRequests extends ByteToMessageDecoder {
  private static final int LONGEST_HEAD = 16 << 10;
  private static final int LONGEST_CHUNK_LINE = 10;
  private static final long LONGEST_BODY = 20_000_000;

  /// For a server that is slow to read: whoever reads a body knows better how slowly it comes.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration LINGER = Duration.ofSeconds(2);
  private static final ByteBuf HEAD_END = constant("\r\n\r\n");
  private static final ByteBuf LINE_END = constant("\r\n");
  private static final ByteBuf NO_REQUEST = constant("-\r\n\r\n");

  private final Limits limits;
  private State state = State.HEAD;
  private boolean begun;
  private long left;
  private long chunked;
  private Optional<Future<?>> deadline = Optional.empty();

  private enum State {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    LAST_CHUNK_END,
    BROKEN
  }

  StrictRequests(Limits limits) {
    this.limits = limits;
  }

  private static ByteBuf constant(String text) {
    return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) throws Exception {
    expect(ctx, limits.head());
    super.channelActive(ctx);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    expectNothing();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    expectNothing();
    super.channelInactive(ctx);
  }

  private void expect(ChannelHandlerContext ctx, Duration within) {
    expectNothing();
    Runnable end =
        () -> {
          var _ = ctx.close();
        };
    deadline = Optional.of(ctx.executor().schedule(end, within.toMillis(), MILLISECONDS));
  }

  private void expectNothing() {
    deadline.ifPresent(timer -> timer.cancel(false));
    deadline = Optional.empty();
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    try {
      switch (state) {
        case HEAD -> head(ctx, in, out);
        case BODY -> body(in, out, State.HEAD);
        case CHUNK_SIZE -> chunkSize(in, out);
        case CHUNK -> body(in, out, State.CHUNK_END);
        case CHUNK_END -> lineEnd(in, out, State.CHUNK_SIZE);
        case LAST_CHUNK_END -> lineEnd(in, out, State.HEAD);
        case BROKEN -> in.skipBytes(in.readableBytes());
      }
    } catch (RequestHead.Ambiguous _) {
      refuse(ctx, in, out);
    }
  }

  private void head(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
      throws RequestHead.Ambiguous {
    if (!begun) {
      begun = true;
      expect(ctx, limits.head());
    }
    int end = ByteBufUtil.indexOf(HEAD_END, in);
    if (end < 0 && in.readableBytes() <= LONGEST_HEAD) {
      return;
    }
    if (end < 0 || end - in.readerIndex() > LONGEST_HEAD) {
      throw new RequestHead.Ambiguous();
    }
    int length = end - in.readerIndex() + 2;
    RequestHead head = RequestHead.read(ByteBufUtil.getBytes(in, in.readerIndex(), length));
    out.add(in.readRetainedSlice(length + 2));
    begun = false;
    left = head.length();
    chunked = 0;
    switch (head.framing()) {
      case CHUNKED -> to(ctx, State.CHUNK_SIZE, LONGEST_BODY);
      case LENGTH -> to(ctx, left > 0 ? State.BODY : State.HEAD, left);
    }
  }

  private void to(ChannelHandlerContext ctx, State next, long length) {
    state = next;
    if (next == State.HEAD) {
      expectNothing();
    } else {
      expect(ctx, limits.timeFor(length).plus(PATIENCE));
    }
  }

  private void body(ByteBuf in, List<Object> out, State next) {
    int count = (int) Math.min(left, in.readableBytes());
    out.add(in.readRetainedSlice(count));
    left -= count;
    if (left == 0) {
      toNext(next);
    }
  }

  private void toNext(State next) {
    state = next;
    if (next == State.HEAD) {
      expectNothing();
    }
  }

  private void chunkSize(ByteBuf in, List<Object> out) throws RequestHead.Ambiguous {
    int end = ByteBufUtil.indexOf(LINE_END, in);
    int length = (end < 0 ? in.writerIndex() : end) - in.readerIndex();
    if (length > LONGEST_CHUNK_LINE) {
      throw new RequestHead.Ambiguous();
    }
    if (end < 0) {
      return;
    }
    left = size(in.toString(in.readerIndex(), length, StandardCharsets.ISO_8859_1));
    chunked += left;
    if (chunked > LONGEST_BODY) {
      throw new RequestHead.Ambiguous();
    }
    out.add(in.readRetainedSlice(length + 2));
    state = left == 0 ? State.LAST_CHUNK_END : State.CHUNK;
  }

  private static long size(String digits) throws RequestHead.Ambiguous {
    if (!digits.matches("[0-9a-fA-F]{1,7}")) {
      throw new RequestHead.Ambiguous();
    }
    return Long.parseLong(digits, 16);
  }

  /// Trailers are not taken either.
  private void lineEnd(ByteBuf in, List<Object> out, State next) throws RequestHead.Ambiguous {
    int readable = Math.min(2, in.readableBytes());
    if (!in.slice(in.readerIndex(), readable).equals(LINE_END.slice(0, readable))) {
      throw new RequestHead.Ambiguous();
    }
    if (readable == 2) {
      out.add(in.readRetainedSlice(2));
      toNext(next);
    }
  }

  /// In place of a head the library is given something that it refuses in its turn, after the answers to what came before. In
  /// the middle of a body, whoever reads it hears of it.
  private void refuse(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    boolean inBody = state != State.HEAD;
    state = State.BROKEN;
    in.skipBytes(in.readableBytes());
    expect(ctx, LINGER);
    if (inBody) {
      ctx.executor().execute(() -> ctx.fireExceptionCaught(new EOFException("no chunk")));
    } else {
      out.add(NO_REQUEST.duplicate());
    }
  }
}
