using System.Net;

namespace Chat.Daemon.Accounts;

/// <summary>
/// A guest is known by its session, and has another one after each login. So a mute holds for the name in that network, too, and for a
/// while for every guest who logs in from there after it: docs/decisions/0015-a-muted-guest-stays-muted.md.
/// </summary>
/// <param name="LastSession">The latest session of the daemon when the guest was muted.</param>
/// <param name="SpreadsUntil">Not beyond the end of the mute.</param>
internal sealed record MutedGuest(string NameKey, IPNetwork Network, long LastSession, DateTimeOffset SpreadsUntil)
{
    public bool Is(Speaker speaker) => speaker.User.Name.Key == NameKey && IsGuestOfNetwork(speaker);

    public bool SpreadsTo(Speaker speaker) => (ulong)speaker.Session > (ulong)LastSession && IsGuestOfNetwork(speaker);

    private bool IsGuestOfNetwork(Speaker speaker) =>
        speaker.User.IsGuest && speaker.Address is { } address && Network.Contains(address);
}
