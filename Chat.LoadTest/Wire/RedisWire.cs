using System.Buffers;
using System.Globalization;
using System.Text;
using Chat.LoadTest.Measuring;
using Chat.Protocol;

namespace Chat.LoadTest.Wire;

/// <summary>Redis, publish and subscribe over RESP3, in which a subscriber may publish too.</summary>
internal sealed class RedisWire : WireProtocol
{
    public override void Write(IBufferWriter<byte> output, ClientFrame frame)
    {
        string[] words = frame switch
        {
            ClientFrame.Login => ["HELLO", "3"],
            ClientFrame.Join join => ["SUBSCRIBE", join.Room],
            ClientFrame.Message message => ["PUBLISH", message.Room ?? message.To!, message.Text],
            ClientFrame.Ping => ["PING", frame.Id ?? ""],
            ClientFrame.Logout => ["QUIT"],
            _ => throw new NotSupportedException($"Redis has no {frame.GetType().Name}."),
        };
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{words.Length}\r\n");
        foreach (var word in words) text.Append(CultureInfo.InvariantCulture, $"${word.Length}\r\n{word}\r\n");
        Encoding.ASCII.GetBytes(text.ToString(), output);
    }

    /// <summary>A published text is a line of its own.</summary>
    public override bool TryReadMessage(ReadOnlySpan<byte> line, Payload payload, out MessageMark mark, out long number)
    {
        number = 0;
        return payload.TryRead(line, out mark);
    }

    /// <summary>Lengths and kinds are lines of their own too; they mean nothing here.</summary>
    public override DaemonFrame? Read(ReadOnlySpan<byte> line)
    {
        if (line.SequenceEqual("proto"u8)) return new DaemonFrame.Welcome("", [], "", [], []);
        if (line.SequenceEqual("subscribe"u8)) return new DaemonFrame.Joined("", 0, 0, [], More: false);
        if (line is [(byte)'-', ..]) return new DaemonFrame.Error("redis_error", Encoding.UTF8.GetString(line[1..]));
        return VirtualId.IsOne(line) ? new DaemonFrame.Pong { Id = Encoding.ASCII.GetString(line) } : null;
    }
}
