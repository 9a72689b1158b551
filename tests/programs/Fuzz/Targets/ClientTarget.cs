using Chat.Client;
using Fuzz.Mutation;
using static Fuzz.FuzzFailureException;

namespace Fuzz.Targets;

/// <summary>A client of a hostile daemon: whatever that says, the session ends, and conversations are delivered in order.</summary>
internal sealed class ClientTarget : IFuzzTarget
{
    /// <summary>Far above any run, for a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => "client";

    public IEnumerable<byte[]> Seeds => ConversationSeeds.All;

    public IReadOnlyList<string> Tokens => ConversationSeeds.Tokens;

    public IReadOnlyList<MutationStep> Mutations { get; } =
        [.. JsonMutations.All, .. JsonMutations.All, .. TextMutations.All, .. ByteMutations.All];

    public void Run(ReadOnlySpan<byte> input) => RunAsync(input.ToArray()).WaitAsync(Patience).GetAwaiter().GetResult();

    private static async Task RunAsync(byte[] input)
    {
        await using var client = new ChatClient(HostileDaemon.Options(input)); // throws what its tasks threw
        try
        {
            var answer = await client.LoginAsync(LoginRequest.Guest("ana", "geral"));
            if (answer.IsRefused) return;
        }
        catch (ChatConnectionException)
        {
            return; // what it promises
        }
        var members = client.MembersAsync("geral");
        await CheckEventsAsync(client);
        await members;
    }

    private static async Task CheckEventsAsync(ChatClient client)
    {
        var (delivered, isOver) = (new Dictionary<Conversation, long>(), false);
        await foreach (var e in client.Events())
        {
            ThrowUnless(!isOver, "The end is the last event");
            if (e is ChatEvent.ConversationReset reset) delivered.Remove(reset.Conversation);
            if (e is ChatEvent.LeftRoom left) delivered.Remove(Conversation.Room(left.Room)); // a later join begins anew
            if (e is ChatEvent.MessageArrived arrived)
            {
                var last = delivered.GetValueOrDefault(arrived.Conversation, long.MinValue);
                ThrowUnless(arrived.Message.Seq > last, "Messages arrive in order and once");
                delivered[arrived.Conversation] = arrived.Message.Seq;
            }
            isOver = e is ChatEvent.SessionEnded;
        }
        ThrowUnless(isOver, "The events end with the session");
    }
}
