using System.Buffers;
using System.Text;
using Chat.Daemon.Transport;
using Fuzz.Mutation;
using static Fuzz.FuzzFailureException;

namespace Fuzz.Targets;

/// <summary>
/// Bytes in random chunks become the same messages as all at once, and the same as .NET's own WebSocket makes of them, where that one is
/// as strict. Lines written in random slices are read by it as they were. The first byte chooses the limit, two more the chunks.
/// </summary>
internal sealed class WebSocketTarget : IFuzzTarget
{
    private const int HeadBytes = 3;

    private static readonly int[] Limits = [8, 200, 16_384];

    public string Name => "websocket";

    public IEnumerable<byte[]> Seeds =>
    [
        [2, 1, 2, .. Frame(1, "{\"type\":\"ping\"}"), .. Frame(9, "oi"), .. Frame(1, "é😀"), .. Frame(8, "\u0003èadeus")],
        [1, 3, 1, .. Frame(1, "{\"a\"", false), .. Frame(10, ""), .. Frame(0, ":", false), .. Frame(0, "1}"), .. Frame(8, "")],
        [0, 9, 7, .. Frame(1, "longer than eight"), .. Frame(2, "binary"), .. Frame(1, "12345678"), .. Frame(1, "")],
        [2, 200, 1, .. Frame(1, new string('a', 16_384)), .. Frame(1, new string('b', 16_385)), .. Frame(1, new string('c', 126))],
        [2, 5, 5, 0x81, 0xFF, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2, 3, 4, 5, 6, 7],
        [2, 5, 5, 0x81, 0x02, .. "{}"u8],
    ];

    public IReadOnlyList<string> Tokens { get; } = ["\0\0\0\0", "\u0001", "\u0003", "~", "\u007F", "12345678", "\n"];

    public IReadOnlyList<MutationStep> Mutations { get; } = [.. ByteMutations.All];

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < HeadBytes) return;
        var limit = Limits[input[0] % Limits.Length];
        var bytes = input[HeadBytes..].ToArray();
        var random = new FuzzRandom((ulong)((input[1] << 8) | input[2]));
        var whole = Read(limit, [bytes]);
        var cut = Read(limit, Chunks(bytes, random));
        ThrowUnless(whole.Count == cut.Count, $"Chunks change the number of messages: {cut.Count} instead of {whole.Count}");
        for (var i = 0; i < whole.Count; i++)
        {
            ThrowUnless(whole[i].What == cut[i].What, $"Chunks change the status: {cut[i].What} instead of {whole[i].What}");
            ThrowUnless(whole[i].Payload.AsSpan().SequenceEqual(cut[i].Payload), "Chunks change a payload");
            ThrowUnless(whole[i].Payload.Length <= Math.Max(limit, 125), "A payload is longer than it may be");
        }
        Compare(whole, WebSocketOracle.Read(bytes, isServer: true), limit);
        AssertIsReadAsWritten(bytes, random);
    }

    private static void Compare(List<(string What, byte[] Payload)> ours, List<byte[]> theirs, int limit)
    {
        var accepted = ours.Where(read => read.What == nameof(FrameStatus.Frame)).Select(read => read.Payload);
        foreach (var (own, other) in accepted.Zip(theirs.Where(message => message.Length <= limit)))
            ThrowUnless(own.AsSpan().SequenceEqual(other), "Another reader finds another message");
    }

    /// <summary>What the reader finds, up to the end or to the first violation.</summary>
    private static List<(string What, byte[] Payload)> Read(int limit, List<byte[]> chunks)
    {
        var reader = new WebSocketReader(limit);
        var found = new List<(string, byte[])>();
        var rest = new List<byte[]>();
        try
        {
            foreach (var chunk in chunks)
            {
                rest.Add(chunk);
                var buffer = Pieces.Segmented(rest);
                FrameStatus status;
                while ((status = reader.TryRead(ref buffer, out var payload)) is not FrameStatus.None)
                {
                    found.Add(($"{status}", payload.ToArray()));
                    if (status is FrameStatus.Closed) return found;
                }
                ThrowUnless(buffer.Length < 140, $"The reader leaves {buffer.Length} bytes, more than a control frame");
                rest = [];
                foreach (var memory in buffer) rest.Add(memory.ToArray());
            }
        }
        catch (FramingException e)
        {
            found.Add(($"{e.CloseCode}", []));
        }
        return found;
    }

    private static List<byte[]> Chunks(byte[] bytes, FuzzRandom random)
    {
        var (parts, least) = (new List<byte[]>(), bytes.Length / 64);
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(least + random.Length(64), bytes.Length - at);
            if (random.OneIn(8)) parts.Add([]);
            parts.Add(bytes[at..(at += length)]);
        }
        return parts;
    }

    /// <summary>Lines made of the input, some of them long, written into slices of many sizes.</summary>
    private static void AssertIsReadAsWritten(byte[] bytes, FuzzRandom random)
    {
        var lines = new List<byte[]>();
        for (var at = 0; at < bytes.Length && lines.Count < 8; at += 16)
        {
            var part = bytes[at..Math.Min(at + 16, bytes.Length)].Select(b => (byte)(b % 94 + 32));
            var times = random.OneIn(64) ? 5_000 : random.OneIn(2) ? 9 : 1;
            lines.Add([.. Enumerable.Repeat(part, times).SelectMany(p => p)]);
        }
        byte[] queued = [.. lines.SelectMany(line => line.Append((byte)'\n'))];
        var output = new ArrayBufferWriter<byte>();
        for (var taken = 0; taken < queued.Length;)
        {
            var slice = output.GetSpan(65_536)[..(12 + random.Next(random.OneIn(2) ? 64 : 65_000))];
            var written = WebSocketWriter.Copy(queued, ref taken, slice);
            ThrowUnless(written > 0, "A slice stays empty");
            output.Advance(written);
        }
        var read = WebSocketOracle.Read(output.WrittenSpan.ToArray(), isServer: false);
        ThrowUnless(read.Count == lines.Count, $"{read.Count} messages are read of {lines.Count}");
        foreach (var (line, message) in lines.Zip(read))
            ThrowUnless(line.AsSpan().SequenceEqual(message), "A message is not read as written");
    }

    /// <summary>A masked frame.</summary>
    private static byte[] Frame(int opcode, string text, bool isFinal = true)
    {
        byte[] payload = opcode == 8 ? Encoding.Latin1.GetBytes(text) : Encoding.UTF8.GetBytes(text), mask = [7, 0, 255, 9];
        byte[] length = payload.Length < 126 ? [(byte)payload.Length] : [126, (byte)(payload.Length >> 8), (byte)payload.Length];
        length[0] |= 0x80;
        return [(byte)(opcode | (isFinal ? 0x80 : 0)), .. length, .. mask, .. payload.Select((b, i) => (byte)(b ^ mask[i % 4]))];
    }
}
