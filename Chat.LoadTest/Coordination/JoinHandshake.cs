using System.Security.Cryptography;
using System.Text;

namespace Chat.LoadTest.Coordination;

/// <summary>
/// Both sides of a joining worker prove that they know the secret, and that they see the same certificate: so the coordinator needs no
/// certificate that anybody trusts, and nobody in between can listen. The worker proves first. The secret itself is never sent.
/// </summary>
internal static class JoinHandshake
{
    /// <summary>An eavesdropper who poses as a coordinator may try secrets at leisure, so a secret must be long.</summary>
    public const int LeastSecret = 16;
    private const string Greeting = "chat-load/1", Refusal = "refused";
    private const int NonceBytes = 16, MostLine = 200;

    /// <summary>False for a worker with another secret or version.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async Task<bool> AcceptAsync(Stream stream, string secret, byte[] certificate, CancellationToken cancellation)
    {
        var mine = NewNonce();
        await WriteLineAsync(stream, $"{Greeting} {mine}", cancellation);
        if ((await ReadLineAsync(stream, cancellation)).Split(' ') is not [var theirs, var proof]) return false;
        if (!IsSame(proof, Proof(secret, "worker", certificate, mine, theirs))) return false;
        await WriteLineAsync(stream, Proof(secret, "coordinator", certificate, mine, theirs), cancellation);
        return true;
    }

    /// <summary>Tells the other side, after <see cref="AcceptAsync"/>, that trying again is of no use.</summary>
    public static Task RefuseAsync(Stream stream, CancellationToken cancellation) => WriteLineAsync(stream, Refusal, cancellation);

    /// <summary>False for a coordinator with another secret or version, or one that refuses.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async Task<bool> JoinAsync(Stream stream, string secret, byte[] certificate, CancellationToken cancellation)
    {
        if ((await ReadLineAsync(stream, cancellation)).Split(' ') is not [Greeting, var theirs]) return false;
        var mine = NewNonce();
        await WriteLineAsync(stream, $"{mine} {Proof(secret, "worker", certificate, theirs, mine)}", cancellation);
        return IsSame(await ReadLineAsync(stream, cancellation), Proof(secret, "coordinator", certificate, theirs, mine));
    }

    private static string NewNonce() => RandomNumberGenerator.GetHexString(2 * NonceBytes, lowercase: true);

    private static string Proof(string secret, string side, byte[] certificate, string coordinator, string worker) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(secret),
            Encoding.UTF8.GetBytes($"{Greeting} {side} {Convert.ToHexStringLower(SHA256.HashData(certificate))} {coordinator} {worker}")));

    private static bool IsSame(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));

    private static async Task WriteLineAsync(Stream stream, string line, CancellationToken cancellation)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellation);
        await stream.FlushAsync(cancellation);
    }

    /// <summary>Byte by byte, so that nothing behind the line is taken.</summary>
    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken cancellation)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < MostLine)
        {
            if (await stream.ReadAsync(one, cancellation) == 0) throw new IOException("The other side closed the connection.");
            if (one[0] == '\n') return line.ToString();
            line.Append((char)one[0]);
        }
        throw new IOException("The other side does not speak this protocol.");
    }
}
