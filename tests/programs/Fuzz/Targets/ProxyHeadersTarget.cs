using System.Buffers;
using System.Net;
using System.Text;
using Chat.Daemon.Transport;
using Fuzz.Mutation;
using static Fuzz.FuzzFailureException;

namespace Fuzz.Targets;

/// <summary>
/// The header of a proxy, as it arrives: with every further piece it is the same header, the same refusal, or more must come. The first two
/// bytes choose the pieces.
/// </summary>
internal sealed class ProxyHeadersTarget : IFuzzTarget
{
    private const int HeadBytes = 2, LongestPiece = 32;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    public string Name => "proxy-headers";

    public IEnumerable<byte[]> Seeds =>
    [
        Seed(0x21, 0x11, [192, 0, 2, 7, 192, 0, 2, 1, 0xC0, 0x00, 0x13, 0x88]),
        Seed(0x21, 0x21, [.. IPAddress.Parse("2001:db8::7").GetAddressBytes(), .. IPAddress.IPv6Loopback.GetAddressBytes(), 0, 1, 0, 2]),
        Seed(0x21, 0x11, [127, 0, 0, 1, 127, 0, 0, 1, 0, 1, 0, 2, 0x04, 0, 1, 0, 0x20, 0, 5, 0, 0, 0, 0, 0]),
        Seed(0x20, 0x00, []),
        Seed(0x21, 0x31, new byte[216]),
        [7, 1, .. "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n"u8],
    ];

    public IReadOnlyList<string> Tokens { get; } =
    [
        Encoding.ASCII.GetString(Signature), "QUIT\n", "!\u0011", "!!", " ", "{\"type\":\"ping\"}\n",
    ];

    public IReadOnlyList<MutationStep> Mutations { get; } = [.. ByteMutations.InPlace, .. ByteMutations.All];

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < HeadBytes) return;
        var random = new FuzzRandom((ulong)((input[0] << 8) | input[1]));
        var bytes = input[HeadBytes..].ToArray();
        var whole = Read(new ReadOnlySequence<byte>(bytes));
        Check(whole, bytes);
        var parts = new List<byte[]>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(random.Length(LongestPiece), bytes.Length - at);
            parts.Add(bytes[at..(at += length)]);
            var so = Read(Pieces.Segmented(parts));
            if (!so.IsDecided && at < bytes.Length) continue;
            ThrowUnless(so == whole, $"Pieces change the result: {so} instead of {whole}");
            return;
        }
    }

    private static Outcome Read(ReadOnlySequence<byte> input)
    {
        var rest = input;
        try
        {
            var header = ProxyHeader.Read(ref rest);
            return new(header is not null, input.Length - rest.Length, header?.Client?.ToString(), null);
        }
        catch (FramingException e)
        {
            return new(false, input.Length - rest.Length, null, e.Message);
        }
    }

    private static void Check(Outcome outcome, ReadOnlySpan<byte> bytes)
    {
        ThrowUnless(outcome.Problem?.Any(char.IsControl) is not true, "A refusal is printable");
        ThrowUnless(outcome.IsHeader || outcome.Consumed == 0, "Nothing is taken but a header");
        if (!outcome.IsHeader)
        {
            ThrowUnless(outcome.Problem is not null || bytes.Length < ProxyHeader.MaxBytes, "Waiting ends with the longest header");
            return;
        }
        ThrowUnless(bytes.StartsWith(Signature), "A header begins with the signature");
        ThrowUnless(outcome.Consumed == 16 + ((bytes[14] << 8) | bytes[15]), "A header is as long as it says");
        ThrowUnless(outcome.Consumed <= ProxyHeader.MaxBytes, "A header is not too long");
        ThrowUnless(outcome.Client is null || bytes[12] == 0x21, "A client is named only for the proxy's client");
    }

    private static byte[] Seed(byte command, byte family, byte[] more) =>
        [3, 5, .. Signature, command, family, (byte)(more.Length >> 8), (byte)more.Length, .. more, .. "{\"type\":\"ping\"}\n"u8];

    /// <param name="Client">Its address and port.</param>
    /// <param name="Problem">Why it is refused.</param>
    private sealed record Outcome(bool IsHeader, long Consumed, string? Client, string? Problem)
    {
        public bool IsDecided => IsHeader || Problem is not null;
    }
}
