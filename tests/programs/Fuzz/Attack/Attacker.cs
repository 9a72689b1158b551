using System.Net;
using System.Net.Sockets;
using Fuzz.Mutation;
using Fuzz.Targets;

namespace Fuzz.Attack;

/// <summary>Sends mutated lines over connections of its own. After each burst it waits until the daemon has taken them all up.</summary>
internal sealed class Attacker(int port, string name, FuzzRandom random)
{
    /// <summary>Lines between two pings: fewer than the bad frames that the daemon takes from a connection.</summary>
    private const int Burst = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Mutator mutator = new(random, new ClientFramesTarget());
    private readonly List<byte[]> seeds = [.. new ClientFramesTarget().Seeds];

    public int Sent { get; private set; }

    public int Connections { get; private set; }

    public async Task SendAsync(int frames)
    {
        while (Sent < frames)
        {
            Connections++;
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port);
            await using var stream = new NetworkStream(socket);
            var reader = new AnswerReader(stream);
            var login = $$"""{"type":"login","user":"{{name}}-{{Connections}}","rooms":["geral"]}""";
            if (!random.OneIn(4)) await stream.WriteAsync(Pieces.Utf8(login + "\n"));
            while (Sent < frames && await SendBurstAsync(stream, reader))
            {
            }
        }
    }

    /// <summary>False when the daemon has closed the connection.</summary>
    private async Task<bool> SendBurstAsync(NetworkStream stream, AnswerReader reader)
    {
        try
        {
            for (var i = 0; i < Burst; i++, Sent++)
            {
                await stream.WriteAsync(mutator.Mutate(seeds).ToArray());
                await stream.WriteAsync("\n"u8.ToArray());
            }
            var id = $"p{Sent}";
            await stream.WriteAsync(Pieces.Utf8($$"""{"type":"ping","id":"{{id}}"}""" + "\n"));
            return await reader.FindAsync($"\"id\":\"{id}\"").WaitAsync(Patience);
        }
        catch (IOException)
        {
            return false; // closed for its errors
        }
    }
}
