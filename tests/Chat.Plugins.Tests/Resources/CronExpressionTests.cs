using System.Globalization;
using Chat.Daemon.Plugins.Resources;

namespace Chat.Plugins.Tests.Resources;

/// <summary>The times of cron expressions, also where clocks are set forward and back.</summary>
[TestClass]
public sealed class CronExpressionTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [TestMethod]
    [DataRow("* * * * *", "2026-03-01 12:00", "2026-03-01 12:01")]
    [DataRow("*/15 * * * *", "2026-03-01 12:00", "2026-03-01 12:15")]
    [DataRow("30 9 * * mon-fri", "2026-03-06 09:30", "2026-03-09 09:30")]
    [DataRow("0 0 1 * *", "2026-03-01 00:00", "2026-04-01 00:00")]
    [DataRow("0 0 29 feb *", "2026-03-01 00:00", "2028-02-29 00:00")]
    [DataRow("0 0 29 2 1", "2026-03-01 00:00", "2027-02-01 00:00")] // one of both days is enough
    [DataRow("0 12 * * 7", "2026-03-01 12:00", "2026-03-08 12:00")]
    [DataRow("0 12 * * 0,3", "2026-03-01 12:00", "2026-03-04 12:00")]
    [DataRow("5/20 8-9 * * *", "2026-03-01 09:26", "2026-03-01 09:45")]
    [DataRow("59 23 31 DEC *", "2026-12-31 23:59", "2027-12-31 23:59")]
    public void TheNextTimeIs(string expression, string after, string next) =>
        Assert.AreEqual(next, NextOf(expression, after, TimeZoneInfo.Utc));

    [TestMethod]
    [DataRow("30 2 * * *", "2026-03-29 00:30", "2026-03-29 01:00")] // 02:30 is skipped: at 03:00
    [DataRow("30 2 * * *", "2026-03-29 01:00", "2026-03-30 00:30")]
    [DataRow("30 2 * * *", "2026-10-24 22:00", "2026-10-25 00:30")] // the first 02:30
    [DataRow("30 2 * * *", "2026-10-25 00:30", "2026-10-26 01:30")] // not the second
    [DataRow("30 * * * *", "2026-10-25 00:30", "2026-10-25 01:30")] // in every hour, so in both
    [DataRow("0 9 * * *", "2026-03-28 08:00", "2026-03-29 07:00")]
    public void ClocksThatAreSetForwardAndBack(string expression, string after, string next) =>
        Assert.AreEqual(next, NextOf(expression, after, Berlin));

    [TestMethod]
    [DataRow("")]
    [DataRow("* * * *")]
    [DataRow("60 * * * *")]
    [DataRow("* 24 * * *")]
    [DataRow("* * 0 * *")]
    [DataRow("* * * 13 *")]
    [DataRow("* * * * 8")]
    [DataRow("5-3 * * * *")]
    [DataRow("*/0 * * * *")]
    [DataRow("a * * * *")]
    [DataRow("1--2 * * * *")]
    [DataRow("1/2/3 * * * *")]
    [DataRow(", * * * *")]
    [DataRow("-1 * * * *")]
    public void AnythingElseIsRefused(string expression) => Assert.ThrowsExactly<FormatException>(() => CronExpression.Parse(expression));

    [TestMethod]
    public void WhatNeverComesTrueHasNoTime() => Assert.IsNull(NextOf("0 0 31 2 *", "2026-03-01 00:00", TimeZoneInfo.Utc));

    private static string? NextOf(string expression, string after, TimeZoneInfo zone) =>
        CronExpression.Parse(expression)
            .Next(DateTimeOffset.Parse(after, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), zone)?
            .UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
