using System.Data.Common;

namespace Chat.Daemon.Storage.Postgres;

/// <summary>The server answers, but the daemon must not use it as it is now. Its operator can change that while the daemon runs.</summary>
internal sealed class ServerUnfitException(Func<StorageTexts, string> say) : DbException(say(new StorageTexts("en")))
{
    public override bool IsTransient => true;

    public DatabaseUnusableException Explained => new(say, this);
}
