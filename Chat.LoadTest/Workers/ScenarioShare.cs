using System.Collections.Concurrent;
using Chat.Client.Programs;
using Chat.LoadTest.Measuring;
using Chat.LoadTest.Scenarios;
using Chat.LoadTest.Wire;

namespace Chat.LoadTest.Workers;

/// <summary>What the users of a scenario in one worker have in common. Any thread may use it.</summary>
internal sealed class ScenarioShare(WorkPlan plan, ScenarioPart part, MicrosecondClock clock)
{
    private readonly ConcurrentDictionary<int, int> members = new();

    public ScenarioPart Part => part;

    /// <summary>A word in every name and text of the scenario.</summary>
    public string Tag { get; } = TagOf(plan, part);

    public Scenario Scenario { get; } = ScenarioCatalogue.Create(part.Settings);

    public ScenarioSettings Settings => Scenario.Settings;

    public WireProtocol Protocol { get; } = WireProtocol.Of(plan.Protocol);

    public TlsSettings Tls => plan.Tls;

    public MicrosecondClock Clock => clock;

    public TimeProvider Time => clock.Time;

    public long Seed => plan.Seed + part.Index;

    public int Warmup => plan.Warmup;

    public Payload Payload { get; } = new(TagOf(plan, part), part.Settings.Payload);

    public Recorder Recorder { get; } = new();

    public LastMemberTally LastMember { get; } = new(part.TrackEvery);

    public ConcurrentDictionary<string, int> Refusals { get; } = new();

    /// <summary>Users that could not enter, by the code of the refusal.</summary>
    public ConcurrentDictionary<string, int> NotIn { get; } = new();

    /// <summary>Whether an answer makes the next action due, as in the closed model.</summary>
    public bool IsLooping { get; private set; }

    public int Slots => (Settings.Users + Scenario.Conversations - 1) / Scenario.Conversations;

    public string NameOf(int user) => $"load-{Tag}-{user}";

    public string? RoomOf(int user) => Scenario.UsesRooms ? $"load-{Tag}-{Scenario.ConversationOf(user)}" : null;

    /// <summary>Users are spread over the addresses, and each goes to the next after a failure.</summary>
    public DaemonAddress DaemonOf(int user) => plan.Daemons[user % plan.Daemons.Count];

    public void Refused(string code) => Refusals.AddOrUpdate(code, 1, (_, count) => count + 1);

    public void CouldNotEnter(string code) => NotIn.AddOrUpdate(code, 1, (_, count) => count + 1);

    public void StartLoop() => IsLooping = true;

    public void EndLoop() => IsLooping = false;

    /// <summary>A user that reads has entered: messages are now expected to reach it.</summary>
    public void HasEntered(int user) => members.AddOrUpdate(Scenario.ConversationOf(user), 1, (_, count) => count + 1);

    /// <summary>How many users in this worker a message of that conversation must reach.</summary>
    public int MembersHere(int conversation) => members.GetValueOrDefault(conversation);

    private static string TagOf(WorkPlan plan, ScenarioPart part) => part.Index == 0 ? plan.Run : $"{plan.Run}s{part.Index}";
}
