using System.Globalization;

namespace Chat.Daemon.Accounts;

/// <summary>What identifies a user: an account, or a guest's session. A name can be given again; an identity never is.</summary>
/// <param name="Key"><c>a</c> and the account's number, or <c>g</c> and the session's number.</param>
internal readonly record struct Identity(string Key)
{
    public bool IsGuest => Key[0] == 'g';

    /// <summary>The account's number; null for a guest.</summary>
    public long? Account => IsGuest ? null : long.Parse(Key.AsSpan(1), CultureInfo.InvariantCulture);

    public static Identity OfAccount(long number) => new($"a{number}");

    public static Identity OfGuest(long session) => new($"g{session}");
}
