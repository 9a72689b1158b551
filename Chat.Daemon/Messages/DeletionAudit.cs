using System.Globalization;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Stores;

namespace Chat.Daemon.Messages;

/// <summary>
/// Records in the audit who deletes whose message, by frame or by command, before it is deleted: what cannot be recorded is not deleted.
/// It never holds the text.
/// </summary>
internal sealed class DeletionAudit(AuditStore auditStore, SecurityLog security, TimeProvider time)
{
    /// <summary>As the shipped command and its parameter are called, so that <c>/auditoria</c> shows both alike.</summary>
    private const string Command = "apagar", Number = "mensagem", Author = "usuário";

    public async ValueTask RecordAsync(Attachment moderator, RoomConversation room, LoggedMessage message)
    {
        var caller = moderator.User.ToUser();
        var reference = Random.Shared.NextInt64(1L << 40).ToString("x10", CultureInfo.InvariantCulture);
        var seq = message.Seq.ToString(CultureInfo.InvariantCulture);
        security.CommandRun(caller, Command, $"{Number} {seq}, {Author} {message.From}", "ok", reference);
        await auditStore.RecordAsync(new AuditEntry(
            time.GetUtcNow(), reference, caller.Id, caller.Name, Command, Plugin: "chatd", room.Name.Text,
            new Dictionary<string, string> { [Number] = seq, [Author] = message.From }, Outcome: "ok", TimeSpan.Zero));
    }
}
