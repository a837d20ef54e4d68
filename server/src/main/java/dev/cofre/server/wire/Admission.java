package dev.cofre.server.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// Keeps a connection out for which there is no room: it is told `busy`, and ends.
final class Admission extends ChannelInboundHandlerAdapter {
  private static final byte[] BUSY =
      """
      HTTP/1.1 503 Service Unavailable\r
      Cofre-Problem: busy\r
      Retry-After: 1\r
      Content-Length: 0\r
      Connection: close\r
      \r
      """
          .getBytes(StandardCharsets.US_ASCII);

  private final Connections connections;
  private boolean refused;

  Admission(Connections connections) {
    this.connections = connections;
  }

  private static InetAddress address(ChannelHandlerContext ctx) {
    return ctx.channel().remoteAddress() instanceof InetSocketAddress peer
        ? peer.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) throws Exception {
    InetAddress address = address(ctx);
    if (connections.enter(address)) {
      ctx.channel().closeFuture().addListener(_ -> connections.leave(address));
      super.channelActive(ctx);
    } else {
      refused = true;
      ctx.writeAndFlush(Unpooled.wrappedBuffer(BUSY)).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    if (refused) {
      ReferenceCountUtil.release(message);
    } else {
      super.channelRead(ctx, message);
    }
  }
}
