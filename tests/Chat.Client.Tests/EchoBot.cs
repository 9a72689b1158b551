using Chat.Client;

namespace Chat.Client.Tests;

internal static class EchoBot
{
    public static async Task RunAsync(string host, int port, CancellationToken ct)
    {
        await using var client = new ChatClient(new ChatClientOptions { Host = host, Port = port });
        (await client.LoginAsync(LoginRequest.Guest("eco", "geral"), ct)).OrThrow();
        await foreach (var e in client.Events(ct))
        {
            if (e is not ChatEvent.MessageArrived { IsOwn: false } arrived) continue;
            if (!arrived.Message.Text.StartsWith("eco ", StringComparison.Ordinal)) continue;
            var answer = await client.SendAsync(arrived.Conversation, arrived.Message.Text[4..], ct);
            if (answer.IsRefused) Console.Error.WriteLine(answer.Refusal.Code);
        }
    }
}
