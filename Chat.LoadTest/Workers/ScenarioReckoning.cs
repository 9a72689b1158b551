using Chat.LoadTest.Scenarios;

namespace Chat.LoadTest.Workers;

/// <summary>Holds what a worker's users of a scenario received against what was sent.</summary>
internal sealed class ScenarioReckoning(
    ScenarioShare share, IReadOnlyList<VirtualUser> users, SentSummary sent, long unsent, long unanswered)
{
    private readonly ILookup<int, SenderSummary> rooms = sent.Senders.ToLookup(sender => share.Scenario.ConversationOf(sender.Sender));

    private Scenario Scenario => share.Scenario;

    private IEnumerable<VirtualUser> Readers => users.Where(user => !Scenario.MayEnd(user.Number));

    public ScenarioCount Count()
    {
        var missing = Readers.ToDictionary(user => user, Missing);
        var counts = new Counts
        {
            Users = users.Count,
            Sent = users.Sum(user => (long)user.Written),
            Echoed = users.Sum(user => user.Echoed),
            Delivered = users.Sum(user => user.Reception.Received),
            Lost = missing.Where(of => !of.Key.HasEnded).Sum(of => of.Value),
            Missed = missing.Where(of => of.Key.HasEnded).Sum(of => of.Value),
            Doubled = users.Sum(user => user.Reception.Tally.Doubled),
            Disordered = users.Sum(user => user.Reception.Tally.Disordered),
            Strayed = users.Sum(user => user.Reception.Strayed),
            Holes = Readers.Where(user => !user.HasEnded).Sum(user => user.Reception.Numbers.Holes),
            Repeats = users.Sum(user => user.Reception.Numbers.Repeats),
            Unechoed = users.Where(user => !user.HasEnded && share.Protocol.Echoes).Sum(user => (long)user.Outgoing.Unechoed),
            WrongAnswers = users.Sum(user => user.WrongAnswers),
            Changed = users.Sum(user => user.Changed),
            ChangesDelivered = users.Sum(user => user.Reception.Changes.Received),
            ChangesLost = Readers.Where(user => !user.HasEnded).Sum(ChangesMissing),
            ChangesDoubled = users.Sum(user => user.Reception.Changes.Doubled),
            ChangesDisordered = users.Sum(user => user.Reception.Changes.Disordered),
            Unknown = users.Sum(user => (long)user.Summarize().Unknown.Count),
            Unsent = share.Settings.Window > 0 ? 0 : unsent,
            Unanswered = unanswered,
            Measured = share.Recorder.Measured,
            NotIn = new(share.NotIn),
            Ended = Ends(planned: false),
            EndedAsPlanned = Ends(planned: true),
            Refusals = new(share.Refusals),
        };
        return new(counts, users.Select(user => user.Reception.LastDelivery).DefaultIfEmpty().Max(), Digests(missing), ChangeDigests());
    }

    private long Missing(VirtualUser user)
    {
        var room = Scenario.ConversationOf(user.Number);
        if (Scenario.HasFixedMembers) return rooms[room].Where(sender => IsExpected(user, sender)).Sum(sender => MissingAt(user, sender));
        return user.Reception.IsToTheEnd ? Math.Max(0, sent.Highest.GetValueOrDefault(room) - user.Reception.Numbers.Last) : 0;
    }

    private long ChangesMissing(VirtualUser user)
    {
        var changes = user.Reception.Changes;
        if (!user.Reception.IsToTheEnd && !Scenario.HasFixedMembers) return changes.Holes;
        var highest = sent.HighestChange.GetValueOrDefault(Scenario.ConversationOf(user.Number));
        return changes.Holes + Math.Max(0, highest - changes.Last);
    }

    private bool IsExpected(VirtualUser user, SenderSummary sender) => share.Protocol.Echoes || sender.Sender != user.Number;

    private long MissingAt(VirtualUser receiver, SenderSummary sender) => receiver.Reception.Tally
        .Missing(Scenario.SlotOf(sender.Sender), sender.Sent).Except(sender.Refused).Except(sender.Unknown).LongCount();

    private Dictionary<string, int> Ends(bool planned) => users
        .Where(user => user.HasEnded && Scenario.MayEnd(user.Number) == planned).CountBy(user => user.Ended!).ToDictionary();

    private List<RoomDigest> ChangeDigests()
    {
        if (!Scenario.HasFixedMembers) return [];
        return [.. Readers.Where(user => !user.HasEnded && user.Reception.Changes.Last > 0 && ChangesMissing(user) == 0)
            .CountBy(user => (Room: Scenario.ConversationOf(user.Number), user.Reception.Changes.Digest))
            .Select(group => new RoomDigest(group.Key.Room, group.Key.Digest, group.Value))];
    }

    /// <summary>Only users that have everything can be compared.</summary>
    private List<RoomDigest> Digests(Dictionary<VirtualUser, long> missing)
    {
        if (!Scenario.HasFixedMembers || !share.Protocol.Echoes) return [];
        return [.. missing.Where(of => of is { Value: 0, Key: { HasEnded: false, Reception.Received: > 0 } })
            .CountBy(of => (Room: Scenario.ConversationOf(of.Key.Number), of.Key.Reception.Numbers.Digest, of.Key.Reception.Received))
            .Select(group => new RoomDigest(group.Key.Room, group.Key.Digest, group.Value))];
    }
}
