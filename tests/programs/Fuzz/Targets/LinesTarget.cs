using System.Buffers;
using Chat.Protocol;
using Fuzz.Mutation;
using static Fuzz.FuzzFailureException;

namespace Fuzz.Targets;

/// <summary>
/// Bytes in random chunks become the same lines and frames as all at once. The first byte chooses the limit, two more the chunks.
/// </summary>
internal sealed class LinesTarget : IFuzzTarget
{
    private const int HeadBytes = 3;

    private static readonly int[] Limits = [8, 64, ProtocolLimits.ClientFrameBytes];

    public string Name => "lines";

    public IEnumerable<byte[]> Seeds =>
    [
        [0, 1, 2, .. "a\nbcd\r\n\r\r\n\n12345678\r\n123456789\nx"u8],
        [1, 3, 1, .. "{\"type\":\"ping\",\"id\":\"1\"}\n{\"type\":\"message\",\"room\":\"r\",\"text\":\"é😀\"}\r\n"u8],
        [2, 9, 7, .. "GET / HTTP/1.1\r\nHost: a\r\n\r\n{\"type\":\"logout\"}"u8],
        [2, 200, 1, .. new string('a', 16_383).Select(c => (byte)c), .. "é\r\nb\n"u8],
    ];

    public IReadOnlyList<string> Tokens { get; } = ["\n", "\r", "\r\n", "\n\n", "\r\r\n", "12345678", "1234567", "{\"type\":\"ping\"}\n"];

    public IReadOnlyList<MutationStep> Mutations { get; } = [.. ByteMutations.All, .. TextMutations.All];

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < HeadBytes) return;
        var limit = Limits[input[0] % Limits.Length];
        var bytes = input[HeadBytes..].ToArray();
        var expected = Expected(bytes, limit);
        var read = new Stream(limit, new FuzzRandom((ulong)((input[1] << 8) | input[2]))).Read(bytes);
        ThrowUnless(read.Count == expected.Count, $"Chunks change the number of lines: {read.Count} instead of {expected.Count}");
        foreach (var ((status, line), (wanted, whole)) in read.Zip(expected))
        {
            ThrowUnless(status == wanted, $"Chunks change the status: {status} instead of {wanted}");
            if (status is not LineStatus.Line) continue;
            ThrowUnless(line.ToArray().AsSpan().SequenceEqual(whole), "Chunks change a line");
            var (chunked, one) = (FrameReader.ReadClient(line), FrameReader.ReadClient(new(whole)));
            ThrowUnless((chunked.Code, chunked.Reason, chunked.Id) == (one.Code, one.Reason, one.Id), "Chunks change a frame");
        }
    }

    /// <summary>The definition of a line, as simply as it can be written.</summary>
    private static List<(LineStatus, byte[])> Expected(ReadOnlySpan<byte> bytes, int limit)
    {
        var lines = new List<(LineStatus, byte[])>();
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? [] : bytes[(end + 1)..];
            if (line is [.., (byte)'\r']) line = line[..^1];
            lines.Add(line.Length > limit ? (LineStatus.TooLong, []) : (LineStatus.Line, line.ToArray()));
        }
        return lines;
    }

    /// <summary>A connection that delivers the bytes in chunks, and keeps what the reader leaves.</summary>
    private sealed class Stream(int limit, FuzzRandom random)
    {
        private readonly LineReader reader = new(limit);
        private readonly List<(LineStatus, ReadOnlySequence<byte>)> lines = [];

        public List<(LineStatus, ReadOnlySequence<byte>)> Read(byte[] bytes)
        {
            var (parts, least) = (new List<byte[]>(), bytes.Length / 64);
            for (var at = 0; at < bytes.Length;)
            {
                var length = Math.Min(least + random.Length(64), bytes.Length - at);
                if (random.OneIn(8)) parts.Add([]);
                parts.Add(bytes[at..(at += length)]);
                var buffer = Pieces.Segmented(parts);
                Take(ref buffer);
                parts = Rest(buffer);
            }
            var status = reader.ReadLast(Pieces.Segmented(parts), out var last);
            if (status is not LineStatus.None) lines.Add((status, last));
            return lines;
        }

        private void Take(ref ReadOnlySequence<byte> buffer)
        {
            while (reader.TryRead(ref buffer, out var line) is not LineStatus.None and var status) lines.Add((status, line));
        }

        private static List<byte[]> Rest(in ReadOnlySequence<byte> buffer)
        {
            var rest = new List<byte[]>();
            foreach (var memory in buffer) rest.Add(memory.ToArray());
            return rest;
        }
    }
}
