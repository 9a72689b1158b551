using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Scenarios;

/// <summary>Who is where, and what a user does when an action is due. Without state: workers and the coordinator each have one.</summary>
internal abstract class Scenario(ScenarioSettings settings)
{
    public ScenarioSettings Settings => settings;

    /// <summary>Rooms, or direct conversations.</summary>
    public virtual int Conversations => settings.Rooms;

    /// <summary>Users that act, from number 0.</summary>
    public virtual int Actors => Math.Min(settings.Senders ?? settings.Users, settings.Users);

    /// <summary>Whether every user is in its conversation from before the first message to the end, resumed connections included.</summary>
    public virtual bool HasFixedMembers => true;

    /// <summary>Whether the users write messages, so that a run without any has failed.</summary>
    public virtual bool Writes => true;

    /// <summary>Whether users are in before the schedule begins.</summary>
    public virtual bool EntersFirst => true;

    /// <summary>Whether users log in again with their token and need what they missed.</summary>
    public virtual bool Resumes => false;

    /// <summary>Adapters of other servers know only messages, pings and logins.</summary>
    public virtual bool NeedsChat => false;

    public virtual int ConversationOf(int user) => user % settings.Rooms;

    /// <summary>The sender's number among the senders of its conversation.</summary>
    public virtual int SlotOf(int user) => user / settings.Rooms;

    /// <summary>Whether the user is in a room; else it needs none.</summary>
    public virtual bool UsesRooms => true;

    /// <summary>The user that direct messages go to; null to write to the room.</summary>
    public virtual int? PartnerOf(int user) => null;

    /// <summary>Whether the user may lose its connection without that being an error.</summary>
    public virtual bool MayEnd(int user) => false;

    /// <summary>After all users are in, before the schedule begins.</summary>
    public virtual Task PrepareAsync(ScenarioUsers users, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>An action of the user is due. It must not block.</summary>
    public abstract void Act(VirtualUser user, long due);
}
