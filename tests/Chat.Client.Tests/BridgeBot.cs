using System.Globalization;
using Chat.Client;
using Chat.Protocol;

namespace Chat.Client.Tests;

/// <summary>One end of a bridge: an account and a room of a daemon, and the file that holds how far the room was carried.</summary>
internal sealed record BridgeEnd(string Host, int Port, string User, string Password, Conversation Room, string PositionFile)
{
    public long? Position
    {
        get => File.Exists(PositionFile) ? long.Parse(File.ReadAllText(PositionFile), CultureInfo.InvariantCulture) : null;
        set
        {
            File.WriteAllText($"{PositionFile}.new", value?.ToString(CultureInfo.InvariantCulture));
            File.Move($"{PositionFile}.new", PositionFile, overwrite: true); // a crash leaves the old position or the new one
        }
    }
}

internal static class BridgeBot
{
    /// <summary>Carries what people say in one room to the other, both ways, until cancelled.</summary>
    public static async Task RunAsync(BridgeEnd one, BridgeEnd other, CancellationToken ct)
    {
        await using var here = await EnterAsync(one, ct);
        await using var there = await EnterAsync(other, ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task[] ways = [CarryAsync(here, one, there, other, stop.Token), CarryAsync(there, other, here, one, stop.Token)];
        await Task.WhenAny(ways);
        await stop.CancelAsync(); // a bridge that carries one way only is none
        await Task.WhenAll(ways);
    }

    private static async Task<ChatClient> EnterAsync(BridgeEnd end, CancellationToken ct)
    {
        var client = new ChatClient(new ChatClientOptions { Host = end.Host, Port = end.Port });
        (await client.LoginAsync(LoginRequest.Account(end.User, end.Password) with { Rooms = [] }, ct)).OrThrow();
        var joined = (await client.JoinAsync(end.Room.Name, after: end.Position, ct: ct)).OrThrow();
        end.Position ??= joined.Seq; // the first time, begin with what is said from now on
        return client;
    }

    private static async Task CarryAsync(ChatClient from, BridgeEnd source, ChatClient to, BridgeEnd target, CancellationToken ct)
    {
        await foreach (var e in from.Events(ct))
        {
            if (e is ChatEvent.SessionEnded ended) throw new InvalidOperationException($"{source.Host}: {ended.Reason}");
            if (e is not ChatEvent.MessageArrived { IsOwn: false } arrived || arrived.Conversation != source.Room) continue;
            var message = arrived.Message;
            if (message.Text.Length == 0) continue; // deleted while the bridge was away
            var answer = await to.SendAsync(target.Room, $"{message.From}: {message.Text}", ct);
            if (answer.IsRefused && answer.Refusal.Code == RefusalCode.TextTooLong) // because of the name
                answer = await to.SendAsync(target.Room, message.Text, ct);
            if (answer.IsRefused) Console.Error.WriteLine($"#{message.Seq} was not carried: {answer.Refusal.Code}");
            source.Position = message.Seq;
        }
    }
}
