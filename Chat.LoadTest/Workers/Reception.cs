using Chat.LoadTest.Measuring;
using Chat.Protocol;

namespace Chat.LoadTest.Workers;

/// <summary>What one user has received. Not thread-safe.</summary>
internal sealed class Reception(ScenarioShare share, int user)
{
    private readonly int conversation = share.Scenario.ConversationOf(user);

    /// <summary>By sender; empty if users come and go, for whom the numbers alone are checked.</summary>
    public SequenceTally Tally { get; } = new(share.Scenario.HasFixedMembers ? share.Slots : 0);

    public NumberTally Numbers { get; } = new();

    public ChangeTally Changes { get; } = new(share.Scenario.Resumes);

    /// <summary>Messages, without duplicates.</summary>
    public long Received { get; private set; }

    /// <summary>Whether the user was in when the run ended, and so must have what was sent last.</summary>
    public bool IsToTheEnd { get; set; }

    /// <summary>Messages of other conversations.</summary>
    public long Strayed { get; private set; }

    /// <summary>On the <see cref="MicrosecondClock"/>; 0 if nothing was delivered.</summary>
    public long LastDelivery { get; private set; }

    public bool Has(in MessageMark mark) => IsHere(mark) && Tally.Has(share.Scenario.SlotOf(mark.Sender), mark.Counter);

    /// <summary>False if the message does not count: a duplicate, a stray, or one that a slow reader gets at last.</summary>
    public bool Take(in MessageMark mark, long number, long now)
    {
        if (!IsHere(mark))
        {
            Strayed++;
            return false;
        }
        if (share.Scenario.HasFixedMembers)
        {
            if (share.Scenario.MayEnd(user) || !Tally.Take(share.Scenario.SlotOf(mark.Sender), mark.Counter)) return false;
            share.LastMember.Take(mark, share.MembersHere(conversation), now);
        }
        Count(mark, number, now);
        return true;
    }

    /// <summary>Takes a message of a page that the user asked for. False if it had the message.</summary>
    public bool TakeMissed(in MessageMark mark, long number, long now)
    {
        if (!IsHere(mark) || Has(mark)) return false;
        Tally.Take(share.Scenario.SlotOf(mark.Sender), mark.Counter, late: true);
        Count(mark, number, now);
        return true;
    }

    /// <summary>False if the change does not count: a duplicate, or one that a slow reader gets at last.</summary>
    public bool TakeChange(DaemonFrame.Change change) => !share.Scenario.MayEnd(user) && Changes.Take(change);

    public static bool HasHole(IReadOnlyList<DaemonFrame.Message> messages)
    {
        for (var i = 1; i < messages.Count; i++)
            if (messages[i].Seq != messages[i - 1].Seq + 1) return true;
        return false;
    }

    private bool IsHere(in MessageMark mark) =>
        mark.Sender < share.Settings.Users && share.Scenario.ConversationOf(mark.Sender) == conversation;

    private void Count(in MessageMark mark, long number, long now)
    {
        if (number > 0) Numbers.Take(number, mark.Sender, mark.Counter);
        Received++;
        LastDelivery = now;
    }
}
