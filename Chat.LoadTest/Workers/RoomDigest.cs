namespace Chat.LoadTest.Workers;

/// <summary>How many users of a worker saw the messages of a conversation under the same numbers.</summary>
internal sealed record RoomDigest(int Room, ulong Digest, int Users)
{
    /// <summary>Users that saw other numbers than most users of their conversation.</summary>
    public static long Differing(IEnumerable<RoomDigest> all) => all
        .GroupBy(digest => digest.Room)
        .Sum(room =>
        {
            var views = room.GroupBy(digest => digest.Digest).Select(view => view.Sum(digest => (long)digest.Users)).ToList();
            return views.Sum() - views.Max();
        });
}
