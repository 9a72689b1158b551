using System.Net;
using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage.Log;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>
/// Limits how many rooms there are, and how many each user and each network creates: one guest must not use up what all share. Moderators
/// and admins have no limit, so that there is always somebody who can create a room. Safe from any thread.
/// </summary>
internal sealed class RoomLimits(ConversationStore conversationStore, OptionsSource options, TimeProvider time) : IPeriodicTask
{
    private readonly Lock gate = new(); // guards the dictionary and its buckets
    private readonly Dictionary<Creator, Bucket> buckets = [];

    TimeSpan IPeriodicTask.Period => TimeSpan.FromMinutes(1);

    /// <summary>Counts a room that the user is about to create.</summary>
    /// <returns>Null if the user may create it.</returns>
    public async ValueTask<Refusal?> TakeAsync(Attachment creator, RoomName name, CancellationToken cancellation)
    {
        if (creator.User.Role >= Role.Moderator) return null;
        var limits = options.Current.Limits;
        if (limits.Rooms > 0 && await conversationStore.CountRoomsAsync(cancellation) >= limits.Rooms)
            return new Refusal(RefusalCode.TooManyRooms, name.Text, Say: texts => texts.NoMoreRooms(limits.Rooms));
        var network = AddressNetwork.Of(creator.Connection.Address, ipv6Bits: 48);
        return TryTake(new(creator.User.Identity, null), new(null, network), limits) is not { } wait ? null
            : new Refusal(RefusalCode.RateLimited, name.Text, wait, Say: texts => texts.RoomsTooFast(wait));
    }

    /// <summary>Drops full buckets: their owners have the whole allowance again.</summary>
    Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        var limits = options.Current.Limits;
        var now = time.GetTimestamp();
        lock (gate)
        {
            foreach (var (creator, bucket) in buckets)
                if (LimitOf(creator, limits) is not { } limit || bucket.Tokens.IsFull(limit, now, time)) buckets.Remove(creator);
        }
        return Task.CompletedTask;
    }

    private TimeSpan? TryTake(Creator user, Creator network, LimitOptions limits)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            if (WaitOf(user, limits, now) is { } wait) return wait;
            if (WaitOf(network, limits, now) is { } longer) return longer;
            Take(user, limits, now);
            Take(network, limits, now);
            return null;
        }
    }

    private TimeSpan? WaitOf(Creator creator, LimitOptions limits, long now) =>
        LimitOf(creator, limits) is { } limit ? buckets.GetValueOrDefault(creator)?.Tokens.WaitFor(limit, now, time) : null;

    private void Take(Creator creator, LimitOptions limits, long now)
    {
        if (LimitOf(creator, limits) is not { } limit) return;
        if (!buckets.TryGetValue(creator, out var bucket)) buckets[creator] = bucket = new Bucket();
        bucket.Tokens.Take(limit, now, time);
    }

    private static BucketLimit? LimitOf(Creator creator, LimitOptions limits) =>
        (creator.User is null ? limits.RoomsPerAddress : limits.RoomsPerUser) is > 0 and var perHour
            ? BucketLimit.Of(perHour, TimeSpan.FromHours(1))
            : null;

    /// <summary>Either a user or a network.</summary>
    private readonly record struct Creator(Identity? User, IPNetwork? Network);

    private sealed class Bucket
    {
        public TokenBucket Tokens; // a field: a property would count on a copy
    }
}
