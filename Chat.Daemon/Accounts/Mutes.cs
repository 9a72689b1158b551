using System.Collections.Immutable;
using System.Data.Common;
using System.Net;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Accounts;

/// <summary>
/// All mutes, kept in memory as a snapshot that a check reads without a lock. A change is durable before it takes effect. Safe from any
/// thread.
/// </summary>
internal sealed class Mutes(DatabaseWriter writer, DatabaseReaders readers, TimeProvider time) : IStartupStep, IDisposable
{
    /// <summary>
    /// How long guests who log in from the muted guest's network are muted, too: long enough to tire a troll, short enough that the next
    /// lesson in the same classroom is not silent.
    /// </summary>
    private static readonly TimeSpan SpreadTime = TimeSpan.FromHours(1);

    private const string SelectMutes =
        "SELECT identity, conversation, until, reason, by, name, name_key, network, last_session, spreads_until FROM mutes";

    private readonly SemaphoreSlim changing = new(1);
    private volatile Snapshot current = new([]);

    /// <summary>Those that have not ended.</summary>
    public IReadOnlyList<Mute> All => [.. current.ByPlace.Values.Where(mute => mute.Until > time.GetUtcNow())];

    Task IStartupStep.RunAsync(CancellationToken cancellation) => ReloadAsync(cancellation);

    /// <summary>Reads them again, after another has changed the rows.</summary>
    public Task ReloadAsync(CancellationToken cancellation) => ChangeAsync(async () =>
    {
        current = new([.. await readers.ReadAsync(reader => reader.Rows(SelectMutes, ToMute), cancellation)]);
        return true;
    });

    /// <summary>The mute that lasts longest for the user there, or null.</summary>
    public ActiveMute? Of(Speaker speaker, ConversationId conversation)
    {
        var mutes = current;
        if (mutes.ByPlace.IsEmpty) return null;
        var now = time.GetUtcNow();
        var longest = Longer(null, mutes.Of(speaker.User.Identity, conversation.Value), speaker, now);
        longest = Longer(longest, mutes.Of(speaker.User.Identity, 0), speaker, now);
        if (!speaker.User.IsGuest) return longest;
        foreach (var mute in mutes.OfGuests)
            if (mute.Conversation == 0 || mute.Conversation == conversation.Value) longest = Longer(longest, mute, speaker, now);
        return longest;
    }

    /// <summary>Also deletes mutes that have ended.</summary>
    /// <param name="address">The address of a guest; null if it is not known.</param>
    public Task<Mute> AddAsync(ChatUser user, IPAddress? address, long conversation, TimeSpan length, string reason, string by) =>
        ChangeAsync(async () =>
        {
            var now = time.GetUtcNow();
            var mute = new Mute(user.Identity.Key, conversation, user.Name.Text, now + length, reason, by, null);
            if (user.IsGuest && address is not null)
            {
                // A loopback address is a proxy's or a tunnel's: it says nothing about who is behind it.
                var spread = IPAddress.IsLoopback(address) ? TimeSpan.Zero : length < SpreadTime ? length : SpreadTime;
                mute = mute with { Guest = new(user.Name.Key, AddressNetwork.Of(address, ipv6Bits: 48), 0, now + spread) };
            }
            mute = await writer.WriteAsync(connection =>
            {
                Sql.Execute(connection, "DELETE FROM mutes WHERE until <= $now", ("$now", now.ToUnixTimeMilliseconds()));
                return Insert(connection, mute);
            });
            current = new([.. current.ByPlace.Values.Where(m => m.Until > now && !IsSamePlace(m, mute)), mute]);
            return mute;
        });

    /// <summary>Lets the user write there again. A mute that only spreads to the user goes on for the muted guest.</summary>
    /// <returns>False if the user was not muted there.</returns>
    public Task<bool> LiftAsync(Speaker speaker, long conversation) => ChangeAsync(async () =>
    {
        var now = time.GetUtcNow();
        var covering = current.ByPlace.Values.Where(m => m.Conversation == conversation && m.EndFor(speaker) > now).ToList();
        foreach (var mute in covering)
        {
            var narrowed = mute.IsOf(speaker) ? null : mute with { Guest = mute.Guest! with { SpreadsUntil = now } };
            await writer.WriteAsync(connection => narrowed is null ? Delete(connection, mute) : Update(connection, narrowed));
            current = new([.. current.ByPlace.Values.Where(m => !IsSamePlace(m, mute)), .. narrowed is null ? [] : new[] { narrowed }]);
        }
        return covering.Count > 0;
    });

    /// <summary>All rows that cannot be read; reads the whole table.</summary>
    public static IEnumerable<DamagedRowException> DamagedRows(DbConnection connection) => Sql.Damaged(connection, SelectMutes, ToMute);

    public void Dispose() => changing.Dispose();

    private static ActiveMute? Longer(ActiveMute? longest, Mute? mute, Speaker speaker, DateTimeOffset now) =>
        mute?.EndFor(speaker) - now is { } left && left > TimeSpan.Zero && left > (longest?.Left ?? TimeSpan.Zero)
            ? new(mute!, left, !mute!.IsOf(speaker))
            : longest;

    private static bool IsSamePlace(Mute one, Mute other) => (one.Identity, one.Conversation) == (other.Identity, other.Conversation);

    private static Mute Insert(DbConnection connection, Mute mute)
    {
        var last = Sql.Number(connection, "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'sessions'");
        if (mute.Guest is { } guest) mute = mute with { Guest = guest with { LastSession = last } };
        Delete(connection, mute);
        Sql.Execute(
            connection,
            """
            INSERT INTO mutes(identity, conversation, until, reason, by, name, name_key, network, last_session, spreads_until)
            VALUES ($identity, $conversation, $until, $reason, $by, $name, $name_key, $network, $last_session, $spreads_until)
            """,
            ("$identity", mute.Identity), ("$conversation", mute.Conversation), ("$until", mute.Until.ToUnixTimeMilliseconds()),
            ("$reason", mute.Reason), ("$by", mute.By), ("$name", mute.Name), ("$name_key", mute.Guest?.NameKey),
            ("$network", mute.Guest?.Network.ToString()), ("$last_session", mute.Guest?.LastSession),
            ("$spreads_until", mute.Guest?.SpreadsUntil.ToUnixTimeMilliseconds()));
        return mute;
    }

    private static int Update(DbConnection connection, Mute mute) => Sql.Execute(
        connection, "UPDATE mutes SET spreads_until = $until WHERE identity = $identity AND conversation = $conversation",
        ("$until", mute.Guest!.SpreadsUntil.ToUnixTimeMilliseconds()), ("$identity", mute.Identity), ("$conversation", mute.Conversation));

    private static int Delete(DbConnection connection, Mute mute) => Sql.Execute(
        connection, "DELETE FROM mutes WHERE identity = $identity AND conversation = $conversation",
        ("$identity", mute.Identity), ("$conversation", mute.Conversation));

    private static Mute ToMute(DbDataReader row) => new(
        row.Text(0), row.Number(1), row.Text(5), row.Time(2), row.Text(3), row.Text(4),
        row.TextOrNull(6) is { } name ? new(name, IPNetwork.Parse(row.Text(7)), row.Number(8), row.Time(9)) : null);

    private async Task<T> ChangeAsync<T>(Func<Task<T>> change)
    {
        await changing.WaitAsync();
        try
        {
            return await change();
        }
        finally
        {
            changing.Release();
        }
    }

    private sealed class Snapshot(IReadOnlyList<Mute> mutes)
    {
        public ImmutableDictionary<(string Identity, long Conversation), Mute> ByPlace { get; } =
            mutes.ToImmutableDictionary(mute => (mute.Identity, mute.Conversation));

        public Mute[] OfGuests { get; } = [.. mutes.Where(mute => mute.Guest is not null)];

        public Mute? Of(Identity identity, long conversation) => ByPlace.GetValueOrDefault((identity.Key, conversation));
    }
}
