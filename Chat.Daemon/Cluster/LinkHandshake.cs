using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Daemon.Cluster;

/// <summary>
/// How a node brings a client to the one that serves. Both prove that they know the key of that run of the serving node, over what the
/// other has just made up, so that nothing of it is of use again: a stranger can neither claim a client's address, nor be given a client.
/// Every part has its length, so that no byte of the client is read with it.
/// </summary>
internal static class LinkHandshake
{
    private const int NonceBytes = 32, ProofBytes = HMACSHA256.HashSizeInBytes;

    /// <summary>The kind of request, the client's address as IPv6, its port, and the relay.</summary>
    private const int RequestBytes = 1 + 16 + 2 + 8;

    /// <summary>The version of this handshake. Another one is refused.</summary>
    private static readonly byte[] Greeting = "CHATND\r\u0002"u8.ToArray();

    private static readonly string[] Kinds = ["tcp", "tls", "http", "https", LinkRequest.Farewell];

    /// <param name="run">The serving node's, from the database.</param>
    /// <param name="secret">Of all nodes; may be empty.</param>
    public static byte[] KeyOf(byte[] run, string secret) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, run, ProofBytes, Encoding.UTF8.GetBytes(secret), "chatd link"u8.ToArray());

    /// <summary>Asks the serving node. What is sent and received after that is the client's.</summary>
    /// <exception cref="IOException">The other is not the serving node.</exception>
    public static async Task AskAsync(Socket link, byte[] key, LinkRequest what, CancellationToken cancellation)
    {
        var hello = await ReceiveAsync(link, Greeting.Length + NonceBytes, cancellation);
        if (!hello.AsSpan(0, Greeting.Length).SequenceEqual(Greeting))
            throw new IOException("It is not a node, or one of another version.");
        var request = new byte[NonceBytes + RequestBytes];
        RandomNumberGenerator.Fill(request.AsSpan(0, NonceBytes));
        request[NonceBytes] = (byte)Array.IndexOf(Kinds, what.Kind);
        what.Client.Address.MapToIPv6().TryWriteBytes(request.AsSpan(NonceBytes + 1), out _);
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(NonceBytes + 17), (ushort)what.Client.Port);
        BinaryPrimitives.WriteInt64BigEndian(request.AsSpan(NonceBytes + 19), what.Relay);
        await SendAsync(link, (byte[])[.. request, .. Proof(key, "client"u8, hello, request)], cancellation);
        var answer = await ReceiveAsync(link, ProofBytes, cancellation);
        if (!CryptographicOperations.FixedTimeEquals(answer, Proof(key, "server"u8, hello, request)))
            throw new IOException("It does not know the key of the serving node.");
    }

    /// <summary>Takes what a node asks.</summary>
    /// <returns>Null if the other is no node of this cluster.</returns>
    /// <exception cref="IOException">It is gone.</exception>
    public static async Task<LinkRequest?> TakeAsync(Socket link, byte[] key, CancellationToken cancellation)
    {
        byte[] hello = [.. Greeting, .. RandomNumberGenerator.GetBytes(NonceBytes)];
        await SendAsync(link, hello, cancellation);
        var received = await ReceiveAsync(link, NonceBytes + RequestBytes + ProofBytes, cancellation);
        var request = received[..(NonceBytes + RequestBytes)];
        if (!CryptographicOperations.FixedTimeEquals(received.AsSpan(request.Length), Proof(key, "client"u8, hello, request))) return null;
        await SendAsync(link, Proof(key, "server"u8, hello, request), cancellation);
        if (request[NonceBytes] >= Kinds.Length) return null;
        var address = new IPAddress(request.AsSpan(NonceBytes + 1, 16));
        var port = BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(NonceBytes + 17));
        return new LinkRequest(
            Kinds[request[NonceBytes]],
            new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port),
            BinaryPrimitives.ReadInt64BigEndian(request.AsSpan(NonceBytes + 19)));
    }

    private static byte[] Proof(byte[] key, ReadOnlySpan<byte> who, byte[] hello, byte[] request) =>
        HMACSHA256.HashData(key, (byte[])[.. who, .. hello, .. request]);

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (bytes.Length > 0) bytes = bytes[await socket.SendAsync(bytes, cancellation)..];
    }

    private static async Task<byte[]> ReceiveAsync(Socket socket, int length, CancellationToken cancellation)
    {
        var bytes = new byte[length];
        for (var done = 0; done < length;)
        {
            var count = await socket.ReceiveAsync(bytes.AsMemory(done), cancellation);
            if (count == 0) throw new EndOfStreamException("The other end is gone.");
            done += count;
        }
        return bytes;
    }
}
