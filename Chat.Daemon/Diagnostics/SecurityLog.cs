using System.Net;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Diagnostics;

/// <summary>
/// The lines that tell who tried to get in and who used which power. nlog.config gives their logger a file of its own, so that nothing
/// else can push them out of the log. A flood of them is counted: see <see cref="LogTally"/>.
/// </summary>
internal sealed partial class SecurityLog(ILoggerFactory log, TimeProvider time) : IPeriodicTask, IDisposable
{
    /// <summary>Kinds of refusals within a minute. With their counts, some 200 lines a minute at most, however many attack.</summary>
    private const int MaxKinds = 100;

    /// <summary>Characters of a name that are logged. A valid name has at most 32.</summary>
    private const int MaxName = 64;

    /// <summary>Characters of a command's arguments that are logged. The audit in the database has them all.</summary>
    private const int MaxArguments = 200;

    private readonly ILogger logger = log.CreateLogger("Chat.Security");
    private readonly LogTally tally = new(MaxKinds, time);

    TimeSpan IPeriodicTask.Period => tally.Period;

    /// <param name="user">As given, untrusted.</param>
    public void LoginRefused(string code, IPAddress address, string user)
    {
        if (tally.IsLogged(logger, nameof(LoginRefused), code, AddressNetwork.Of(address, ipv6Bits: 64).ToString()))
            LogLoginRefused(code, address, Shown(user, MaxName));
    }

    public void Banned(string target, string moderator) => LogBanned(target, moderator);

    public void UserKicked(string user, string room, string moderator) => LogUserKicked(user, room, moderator);

    public void RoomDeleted(string room, string moderator) => LogRoomDeleted(room, moderator);

    /// <param name="user">The account of this machine that ordered it.</param>
    public void PasswordReset(string account, string user) => LogPasswordReset(account, user);

    /// <param name="user">The account of this machine that ordered it.</param>
    public void AccountExported(string account, string user) => LogAccountExported(account, user);

    /// <param name="placeholder">The name that replaces it.</param>
    /// <param name="user">The account of this machine that ordered it.</param>
    public void AccountRemoved(string placeholder, string user) => LogAccountRemoved(placeholder, user);

    /// <summary>An audited command ended. Refused ones are counted, because anybody can have a command refused.</summary>
    /// <param name="arguments">As given, untrusted, without secrets.</param>
    public void CommandRun(User caller, string command, string arguments, string outcome, string reference)
    {
        if (outcome == "ok" || tally.IsLogged(logger, nameof(CommandRun), $"{command} {outcome}", caller.Id))
            LogCommandRun(caller.Name, command, Shown(arguments, MaxArguments), outcome, reference);
    }

    Task IPeriodicTask.RunAsync(CancellationToken cancellation) => ((IPeriodicTask)tally).RunAsync(cancellation);

    public void Dispose() => tally.Dispose();

    private static string Shown(string text, int max) => Printable.Escape(text.Length > max ? text[..max] + "…" : text);

    [LoggerMessage(EventId = 209, EventName = "LoginRefused", Level = LogLevel.Warning,
        Message = "Login refused: {Code} from {Address}, user {User}")]
    private partial void LogLoginRefused(string code, IPAddress address, string user);

    [LoggerMessage(EventId = 502, EventName = "Banned", Level = LogLevel.Information, Message = "Banned: {Target}, by {Moderator}")]
    private partial void LogBanned(string target, string moderator);

    [LoggerMessage(EventId = 501, EventName = "UserKicked", Level = LogLevel.Information,
        Message = "User kicked: {User} from {Room}, by {Moderator}")]
    private partial void LogUserKicked(string user, string room, string moderator);

    [LoggerMessage(EventId = 511, EventName = "RoomDeleted", Level = LogLevel.Information,
        Message = "Room deleted: {Room}, by {Moderator}")]
    private partial void LogRoomDeleted(string room, string moderator);

    [LoggerMessage(EventId = 514, EventName = "PasswordReset", Level = LogLevel.Warning,
        Message = "Password reset: {Account}, by user {User} of this machine")]
    private partial void LogPasswordReset(string account, string user);

    [LoggerMessage(EventId = 515, EventName = "AccountExported", Level = LogLevel.Warning,
        Message = "Account exported: {Account}, by user {User} of this machine")]
    private partial void LogAccountExported(string account, string user);

    [LoggerMessage(EventId = 516, EventName = "AccountRemoved", Level = LogLevel.Warning,
        Message = "Account removed: {Account}, by user {User} of this machine")]
    private partial void LogAccountRemoved(string account, string user);

    [LoggerMessage(EventId = 702, EventName = "CommandRun", Level = LogLevel.Information,
        Message = "Command run: {Caller} called {Command}, {Outcome} ({Reference}): {Arguments}")]
    private partial void LogCommandRun(string caller, string command, string arguments, string outcome, string reference);
}
