using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Storage.Log;

/// <summary>
/// The <c>log</c> of each conversation identifies its numbering. It changes when a database is restored, and at each start of a log in
/// memory, so that a client drops what it knows of other numbers.
/// </summary>
/// <param name="epoch">Random bytes.</param>
internal sealed class LogNames(byte[] epoch)
{
    private const int NameBytes = 12;

    /// <summary>For a log in memory.</summary>
    public static LogNames New() => new(RandomNumberGenerator.GetBytes(16));

    /// <summary>The database's, made at its first start.</summary>
    public static LogNames Of(SqliteConnection connection)
    {
        Sql.Execute(connection, "UPDATE epoch SET value = randomblob(16) WHERE value IS NULL");
        return new(Sql.Rows(connection, "SELECT value FROM epoch", row => row.GetFieldValue<byte[]>(0)).Single());
    }

    /// <summary>Makes the next start of this database a new epoch: it is a copy of another.</summary>
    public static void Forget(SqliteConnection connection)
    {
        // Older versions have none; their migration makes one.
        if (Sql.Number(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'epoch'") == 0) return;
        Sql.Execute(connection, "UPDATE epoch SET value = NULL");
    }

    /// <returns>32 bytes that nobody else knows, and that change when the numbering does.</returns>
    public byte[] KeyFor(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, epoch, SHA256.HashSizeInBytes, info: Encoding.UTF8.GetBytes(purpose));

    public string Of(ConversationId conversation)
    {
        Span<byte> input = stackalloc byte[16 + sizeof(long)];
        epoch.CopyTo(input);
        BinaryPrimitives.WriteInt64BigEndian(input[16..], conversation.Value);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return Base64Url.EncodeToString(hash[..NameBytes]);
    }
}
