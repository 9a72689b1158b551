using System.Globalization;
using Chat.Daemon.Storage.Stores;

namespace Chat.Daemon.Accounts;

/// <summary>Records in the audit what an operator does to accounts with <c>chatd</c>.</summary>
internal sealed class OperatorAudit(AuditStore auditStore, TimeProvider time)
{
    /// <param name="user">The account of this machine that ordered it.</param>
    public async Task RecordAsync(string command, string user, string account) => await auditStore.RecordAsync(new AuditEntry(
        time.GetUtcNow(), Random.Shared.NextInt64(1L << 40).ToString("x10", CultureInfo.InvariantCulture),
        CallerId: $"uid:{user}", Caller: $"chatd({user})", // no name of a user: those have no parentheses
        command, Plugin: "chatd", Place: null, new Dictionary<string, string> { ["account"] = account }, Outcome: "ok", TimeSpan.Zero));
}
