using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Chat.Protocol;

/// <summary>Writes frames as bytes: compact JSON with <c>type</c> first, one line each. Thread-safe.</summary>
public static class FrameWriter
{
    /// <summary>Bytes reserved for the frame around a list: the longest names and ids, of four bytes each or escaped.</summary>
    private const int EnvelopeBytes = 2_048;

    [ThreadStatic]
    private static Utf8JsonWriter? cached;

    [ThreadStatic]
    private static CountingWriter? counter;

    /// <summary>Appends the frame and an LF.</summary>
    public static void Write(IBufferWriter<byte> output, DaemonFrame frame)
    {
        if (frame is not DaemonFrame.Message message || !MessageWriter.TryWrite(output, message))
            WriteJson(output, frame, DaemonFrameJson.Default.DaemonFrame);
        output.Write("\n"u8);
    }

    /// <inheritdoc cref="Write(IBufferWriter{byte}, DaemonFrame)"/>
    public static void Write(IBufferWriter<byte> output, ClientFrame frame)
    {
        WriteJson(output, frame, ClientFrameJson.Default.ClientFrame);
        output.Write("\n"u8);
    }

    /// <summary>
    /// The frame of a line as the answer to the client's frame with that id. Avoids encoding the frame again.
    /// </summary>
    /// <param name="line">A daemon frame without an id, with its LF.</param>
    public static byte[] WithId(ReadOnlySpan<byte> line, string id)
    {
        var before = ",\"id\":\""u8;
        var after = "\"}\n"u8;
        var text = JsonEncodedText.Encode(id, MinimalJsonEncoder.Instance).EncodedUtf8Bytes;
        var open = line[..^"}\n".Length]; // the id is the last field of every frame
        var whole = new byte[open.Length + before.Length + text.Length + after.Length];
        open.CopyTo(whole);
        before.CopyTo(whole.AsSpan(open.Length));
        text.CopyTo(whole.AsSpan(open.Length + before.Length));
        after.CopyTo(whole.AsSpan(whole.Length - after.Length));
        return whole;
    }

    /// <summary>
    /// How many messages fit into one daemon frame, counted from the first (or, with <paramref name="fromEnd"/>, from the last).
    /// At least one, unless the list is empty.
    /// </summary>
    public static int Fit(IReadOnlyList<DaemonFrame.Message> entries, bool fromEnd = false) =>
        Fit(entries, DaemonFrameJson.Default.Message, fromEnd);

    /// <inheritdoc cref="Fit(IReadOnlyList{DaemonFrame.Message}, bool)"/>
    public static int Fit(IReadOnlyList<MemberEntry> entries) => Fit(entries, DaemonFrameJson.Default.MemberEntry, false);

    /// <inheritdoc cref="Fit(IReadOnlyList{DaemonFrame.Message}, bool)"/>
    public static int Fit(IReadOnlyList<CommandEntry> entries) => Fit(entries, DaemonFrameJson.Default.CommandEntry, false);

    private static int Fit<T>(IReadOnlyList<T> entries, JsonTypeInfo<T> json, bool fromEnd)
    {
        var bytes = counter ??= new CountingWriter();
        bytes.Count = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            WriteJson(bytes, entries[fromEnd ? entries.Count - 1 - i : i], json);
            bytes.Count++; // the comma
            if (i > 0 && bytes.Count > ProtocolLimits.DaemonFrameBytes - EnvelopeBytes) return i;
        }
        return entries.Count;
    }

    private static void WriteJson<T>(IBufferWriter<byte> output, T value, JsonTypeInfo<T> json)
    {
        var writer = cached ??= new Utf8JsonWriter(output,
            new JsonWriterOptions { Encoder = MinimalJsonEncoder.Instance, SkipValidation = true });
        writer.Reset(output);
        JsonSerializer.Serialize(writer, value, json);
        writer.Flush();
    }

    private sealed class CountingWriter : IBufferWriter<byte>
    {
        private byte[] scratch = new byte[32_768];

        public int Count { get; set; }

        public void Advance(int count) => Count += count;

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            if (sizeHint > scratch.Length) scratch = new byte[sizeHint];
            return scratch;
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
