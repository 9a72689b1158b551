using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Unicode;

namespace Chat.Protocol;

/// <summary>
/// Writes a plain message without the serializer. The bytes are the same. It leaves to the serializer
/// what has other fields, or characters that JSON escapes.
/// </summary>
internal static class MessageWriter
{
    /// <summary>More than all that is not text: the names of the fields, a number and an instant.</summary>
    private const int EnvelopeBytes = 160;

    /// <summary>The last instant that this thread wrote: the messages of a batch share it.</summary>
    [ThreadStatic]
    private static byte[]? instant;

    [ThreadStatic]
    private static long instantMs;

    /// <summary>Writes the message, without a line end.</summary>
    /// <returns>False if it is left to the serializer: then nothing is written.</returns>
    public static bool TryWrite(IBufferWriter<byte> output, DaemonFrame.Message message)
    {
        if (message is not
            {
                Via: null, Erased: null, ReplyTo: null, Mentions: null, Rev: null, Edited: null, Reactions: null, With: null,
            })
        {
            return false;
        }
        var line = new Line(output.GetSpan(EnvelopeBytes + MostBytes(message)));
        line.Raw("{\"type\":\"message\",\"seq\":"u8);
        line.Number(message.Seq);
        line.Text(",\"from\":\""u8, message.From);
        line.Text("\",\"text\":\""u8, message.Text);
        line.Raw("\",\"at\":\""u8);
        line.Raw(TextOf(message.At));
        if (message.Room is not null) line.Text("\",\"room\":\""u8, message.Room);
        if (message.To is not null) line.Text("\",\"to\":\""u8, message.To);
        if (message.Id is not null) line.Text("\",\"id\":\""u8, message.Id);
        line.Raw("\"}"u8);
        if (line.IsLeft) return false;
        output.Advance(line.Length);
        return true;
    }

    /// <summary>No character takes more than three bytes for each unit of UTF-16.</summary>
    private static int MostBytes(DaemonFrame.Message message) => 3 * (message.From.Length + message.Text.Length
        + (message.Room?.Length ?? 0) + (message.To?.Length ?? 0) + (message.Id?.Length ?? 0));

    private static byte[] TextOf(DateTimeOffset at)
    {
        var ms = at.UtcTicks / TimeSpan.TicksPerMillisecond;
        if (instant is not null && instantMs == ms) return instant;
        instant ??= new byte[InstantConverter.Length];
        at.UtcDateTime.TryFormat(instant, out _, InstantConverter.Format, CultureInfo.InvariantCulture);
        instantMs = ms;
        return instant;
    }

    private ref struct Line(Span<byte> output)
    {
        private readonly Span<byte> output = output;

        public int Length { get; private set; }

        /// <summary>Whether a text was found that only the serializer can write.</summary>
        public bool IsLeft { get; private set; }

        public void Raw(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(output[Length..]);
            Length += bytes.Length;
        }

        public void Number(long number)
        {
            Utf8Formatter.TryFormat(number, output[Length..], out var written);
            Length += written;
        }

        public void Text(ReadOnlySpan<byte> before, string text)
        {
            Raw(before);
            IsLeft = IsLeft || MinimalJsonEncoder.Escapes(text)
                || Utf8.FromUtf16(text, output[Length..], out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done
                || Add(written);
        }

        private bool Add(int written)
        {
            Length += written;
            return false;
        }
    }
}
