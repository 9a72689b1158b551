using System.Globalization;
using Chat.LoadTest.Measuring;
using Chat.LoadTest.Scenarios;
using Chat.LoadTest.Schedules;
using Chat.Protocol;

namespace Chat.LoadTest.Workers;

/// <summary>Composes the requests of one user, and checks their answers.</summary>
internal sealed class RequestMaker(ScenarioShare share, int user, Reception reception)
{
    private const int PageMessages = 50, MostFound = 100;

    /// <summary>Microseconds. <c>docs/protocol.md</c> promises a second; another is for a machine busy with the load.</summary>
    private const long IndexTime = 2_000_000;

    private static readonly string[] Emoji = ["👍", "❤️", "😂", "🎉", "☕"];

    private int made;
    private volatile OwnMessage? newest;

    /// <summary>The user's newest stored message, which an edit replaces; null if it has none that it may edit.</summary>
    public OwnMessage? Newest
    {
        get => newest;
        set => newest = value;
    }

    private string? Room => share.RoomOf(user);

    private string? Partner => share.Scenario.PartnerOf(user) is { } partner ? share.NameOf(partner) : null;

    /// <summary>The action itself, or what must come before it.</summary>
    public ActionKind Possible(ActionKind kind) => kind switch
    {
        ActionKind.Edit when newest is null => ActionKind.Message,
        ActionKind.React when reception.Numbers.Last == 0 => ActionKind.Message,
        ActionKind.Search when share.Scenario.HasFixedMembers && reception.Received == 0 => ActionKind.Page,
        _ => kind,
    };

    /// <summary>Call it one at a time.</summary>
    public ClientFrame Make(ActionKind kind, long due, long now)
    {
        var random = new SeededRandom(share.Seed, user, made++);
        return kind switch
        {
            ActionKind.Command => new ClientFrame.Command(share.Settings.Command, Room: Room),
            ActionKind.Page when share.Scenario.HasFixedMembers => new ClientFrame.History(
                Room, After: (long)(random.Fraction() * Math.Max(1, reception.Numbers.Last - PageMessages)), Limit: PageMessages),
            ActionKind.Page => new ClientFrame.History(Room, Limit: PageMessages),
            ActionKind.Search => new ClientFrame.Search(Words(random), Room, Limit: MostFound),
            ActionKind.Edit => EditOf(newest!, due, now),
            ActionKind.React => new ClientFrame.React(
                Math.Max(1, reception.Numbers.Last), Emoji[(int)(random.Fraction() * Emoji.Length)], Room, Partner,
                Remove: random.Fraction() < 0.2 ? true : null),
            ActionKind.Ping => new ClientFrame.Ping(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    /// <summary>Whether the answer cannot be true.</summary>
    public bool IsWrong(Request request, DaemonFrame answer) => answer switch
    {
        DaemonFrame.History page => Reception.HasHole(page.Messages),
        DaemonFrame.Found found => HasMissed(request, found),
        _ => false,
    };

    /// <summary>The text still says which message it is, for those who first see it edited.</summary>
    private ClientFrame.Edit EditOf(OwnMessage own, long due, long now) =>
        new(own.Seq, share.Payload.TextOf(new(user, own.Counter, due, now)), Room, Partner);

    /// <summary>The words of one message of a filled room; else those of all messages of the scenario.</summary>
    private string Words(SeededRandom random) => share.Scenario.HasFixedMembers
        ? string.Create(CultureInfo.InvariantCulture, $"{share.Tag} {1 + (long)(random.Fraction() * reception.Received)}")
        : share.Tag;

    private bool HasMissed(Request request, DaemonFrame.Found found)
    {
        var marks = found.Messages.Select(message => share.Payload.TryRead(message.Text, out var mark) ? mark : default).ToList();
        if (marks.Any(mark => mark.Counter == 0)) return true; // it lacks the first word
        var words = ((ClientFrame.Search)request.Frame).Text.Split(' ');
        if (words is not [_, var counter] || found.More || request.Written - reception.LastDelivery < IndexTime) return false;
        return !marks.Any(mark => mark.Counter == int.Parse(counter, CultureInfo.InvariantCulture));
    }
}
