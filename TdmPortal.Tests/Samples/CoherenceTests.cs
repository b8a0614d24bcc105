using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Tests.Generation;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Samples;

/// <summary>
/// The samples' rows make sense: loaded into PostgreSQL, which is then asked for rows that do not. Totals add up to the cent,
/// dates are in order and not in the future, and statuses fit their dates.
/// </summary>
[Trait("Requirement", "G1")]
[Trait("Requirement", "A3")]
public sealed class CoherenceTests(DatabaseServer server)
{
    private const string Now = "timestamptz '2026-01-01 00:00:00Z'";

    /// <summary>For each sample what must never be: a table with its joins, and a condition that no row of it may meet.</summary>
    private static readonly Dictionary<string, (string Never, string From, string Where)[]> Rules = new(StringComparer.Ordinal)
    {
        ["web-shop"] =
        [
            ("a line that does not cost its product's price times its quantity", "order_item i JOIN product p ON p.id = i.product_id", "i.unit_price <> p.price OR i.line_total <> i.quantity * i.unit_price"),
            ("an order whose lines do not add up to its subtotal", "\"order\" o JOIN (SELECT order_id, sum(line_total) AS lines FROM order_item GROUP BY order_id) i ON i.order_id = o.id", "o.subtotal <> i.lines"),
            ("an order without lines", "\"order\" o LEFT JOIN order_item i ON i.order_id = o.id", "i.id IS NULL"),
            ("an order whose tax or total is off by a cent", "\"order\"", "tax <> round(subtotal * 0.19, 2) OR total <> subtotal + tax + shipping"),
            ("a cart whose lines do not add up", "cart c JOIN (SELECT cart_id, sum(quantity) AS items, sum(quantity * unit_price) AS lines FROM cart_item GROUP BY cart_id) i ON i.cart_id = c.id", "c.total <> i.lines OR c.item_count <> i.items"),
            ("a payment of another amount than the order's", "payment p JOIN \"order\" o ON o.id = p.order_id", "p.amount <> o.total OR p.paid_at IS DISTINCT FROM o.paid_at"),
            ("a customer whose orders were not counted or added right", "customer c LEFT JOIN (SELECT customer_id, count(*) AS orders, sum(total) AS spent FROM \"order\" GROUP BY customer_id) o ON o.customer_id = c.id", "c.order_count <> coalesce(o.orders, 0) OR c.lifetime_value <> coalesce(o.spent, 0)"),
            ("a product with another rating than its reviews'", "product p LEFT JOIN (SELECT product_id, count(*) AS reviews, round(avg(rating), 2) AS rating FROM review GROUP BY product_id) r ON r.product_id = p.id", "p.review_count <> coalesce(r.reviews, 0) OR p.rating IS DISTINCT FROM r.rating"),
            ("an order whose dates are out of order", "\"order\"", "paid_at < placed_at OR shipped_at < paid_at OR delivered_at < shipped_at OR (shipped_at IS NOT NULL AND paid_at IS NULL) OR (delivered_at IS NOT NULL AND shipped_at IS NULL)"),
            ("an order that was placed before its customer registered", "\"order\" o JOIN customer c ON c.id = o.customer_id", "o.placed_at < c.registered_at"),
            ("an order whose status does not fit its dates", "\"order\"", "(status IN ('placed', 'cancelled')) <> (paid_at IS NULL) OR (status IN ('paid', 'refunded')) <> (paid_at IS NOT NULL AND shipped_at IS NULL) OR (status = 'shipped') <> (shipped_at IS NOT NULL AND delivered_at IS NULL) OR (status IN ('delivered', 'returned')) <> (delivered_at IS NOT NULL)"),
            ("a payment whose status does not fit its order", "payment p JOIN \"order\" o ON o.id = p.order_id", "(p.status = 'captured' AND (p.paid_at IS NULL OR o.status IN ('refunded', 'returned'))) OR (p.status = 'pending' AND p.paid_at IS NOT NULL) OR (p.status = 'voided' AND o.status <> 'cancelled') OR (p.status = 'refunded' AND o.status NOT IN ('refunded', 'returned'))"),
            ("card or account numbers where the method has none", "payment", "(card_number IS NOT NULL) <> (method = 'card') OR (iban IS NOT NULL) <> (method = 'bank transfer')"),
            ("a line number that is not counted within its order", "(SELECT line_no, row_number() OVER (PARTITION BY order_id ORDER BY line_no) AS place FROM order_item) i", "line_no <> place"),
            ("anything in the future", "\"order\" o FULL JOIN cart c ON false FULL JOIN review r ON false", $"greatest(o.placed_at, o.paid_at, o.shipped_at, o.delivered_at, c.created_at, c.updated_at, r.created_at) > {Now}"),
        ],
        ["user"] =
        [
            ("dates out of order", "app_user", "activated_at <= invited_at OR locked_at <= activated_at OR closed_at <= activated_at"),
            ("a status that does not fit the dates", "app_user", "(status = 'locked') <> (locked_at IS NOT NULL) OR (status = 'closed') <> (closed_at IS NOT NULL)"),
            ("a sign-in before the activation or after the lock", "sign_in s JOIN app_user u ON u.id = s.user_id", $"s.at IS NULL OR s.at < u.activated_at OR s.at > u.locked_at OR s.at > u.closed_at OR s.at > {Now}"),
            ("a reason for what did not fail", "sign_in", "(reason IS NULL) <> succeeded"),
            ("roles or failures counted wrong", "app_user u", "role_count <> (SELECT count(*) FROM user_role r WHERE r.user_id = u.id) OR failed_sign_ins <> (SELECT count(*) FROM sign_in s WHERE s.user_id = u.id AND NOT succeeded)"),
            ("a user without a home", "app_user u LEFT JOIN address a ON a.user_id = u.id AND a.kind = 'home'", "a.no IS NULL"),
            ("an e-mail address that could be somebody's", "app_user", "email !~ '@example\\.(com|org|net)$'"),
        ],
        ["organization"] =
        [
            ("people counted or paid who have left", "department d", "headcount <> (SELECT count(*) FROM employee e WHERE e.department_id = d.id AND e.left_on IS NULL) OR payroll <> (SELECT coalesce(sum(salary), 0) FROM employee e WHERE e.department_id = d.id AND e.left_on IS NULL)"),
            ("dates out of order", "employee", $"left_on <= hired_on OR hired_on < birth_date + interval '16 years' OR greatest(hired_on, left_on) > {Now}"),
            ("somebody active who has left", "employee", "active <> (left_on IS NULL)"),
            ("a manager above oneself", "employee e JOIN employee m ON m.id = e.manager_id", "m.id >= e.id"),
            ("an office whose place does not exist", "office", "latitude NOT BETWEEN 15 AND 72 OR longitude NOT BETWEEN -180 AND -60 OR time_zone !~ '^(America|Pacific)/'"),
        ],
        ["workflow"] =
        [
            ("dates out of order", "request", $"decided_at < submitted_at OR closed_at < decided_at OR (closed_at IS NOT NULL AND decided_at IS NULL) OR greatest(submitted_at, decided_at, closed_at) > {Now}"),
            ("a state that does not fit the dates", "request", "(state IN ('submitted', 'withdrawn')) <> (decided_at IS NULL) OR (state = 'closed') <> (closed_at IS NOT NULL) OR (decision IS NULL) <> (decided_at IS NULL)"),
            ("a request older than its workflow", "request r JOIN workflow w ON w.id = r.workflow_id", "r.submitted_at < w.created_at"),
            ("steps counted wrong", "workflow w", "step_count <> (SELECT max(step_no) FROM workflow_step s WHERE s.workflow_id = w.id)"),
        ],
        ["test-case"] =
        [
            ("results counted wrong", "test_run r", "total <> (SELECT count(*) FROM test_result t WHERE t.run_id = r.id) OR passed <> (SELECT count(*) FROM test_result t WHERE t.run_id = r.id AND outcome = 'passed') OR failed <> (SELECT count(*) FROM test_result t WHERE t.run_id = r.id AND outcome = 'failed')"),
            ("an error without a failure", "test_result", "(error IS NOT NULL) <> (outcome = 'failed')"),
            ("dates out of order", "test_run", $"finished_at <= started_at OR finished_at > {Now}"),
            ("a run of a case that did not exist yet", "test_result t JOIN test_run r ON r.id = t.run_id JOIN test_case c ON c.id = t.case_id", "c.created_at > r.started_at"),
            ("cases or steps counted wrong", "test_case c JOIN suite s ON s.id = c.suite_id", "c.step_count <> (SELECT max(step_no) FROM test_step t WHERE t.case_id = c.id) OR s.case_count <> (SELECT count(*) FROM test_case other WHERE other.suite_id = s.id)"),
        ],
        ["project"] =
        [
            ("hours that do not add up", "project p LEFT JOIN (SELECT t.project_id, count(DISTINCT t.id) AS tasks, sum(e.hours) AS hours FROM task t LEFT JOIN time_entry e ON e.task_id = t.id GROUP BY t.project_id) t ON t.project_id = p.id", "p.hours_spent <> coalesce(t.hours, 0) OR p.task_count <> coalesce(t.tasks, 0)"),
            ("hours of a task that do not add up", "task t LEFT JOIN (SELECT task_id, sum(hours) AS hours FROM time_entry GROUP BY task_id) e ON e.task_id = t.id", "t.hours_spent <> coalesce(e.hours, 0)"),
            ("a task out of its project's time", "task t JOIN project p ON p.id = t.project_id", "t.created_at < p.starts_on OR greatest(t.created_at, t.started_at, t.done_at) > p.completed_on"),
            ("dates out of order", "task", $"started_at < created_at OR done_at < started_at OR (done_at IS NOT NULL AND started_at IS NULL) OR greatest(created_at, started_at, done_at) > {Now}"),
            ("hours booked before the task was there, or in the future", "time_entry e JOIN task t ON t.id = e.task_id", $"e.booked_on < t.created_at::date OR e.booked_on > {Now}"),
            ("a status that does not fit the dates", "task", "(status IN ('open', 'rejected')) <> (started_at IS NULL) OR (status = 'done') <> (done_at IS NOT NULL)"),
            ("a project whose status does not fit", "project", "(status = 'completed') <> (completed_on IS NOT NULL) OR completed_on <= starts_on OR due_on <= starts_on"),
            ("a part done of what is not", "sub_task s JOIN task t ON t.id = s.task_id", "s.done <> (t.status = 'done')"),
        ],
        ["document"] =
        [
            ("versions out of order", "document_version a JOIN document_version b USING (document_id)", "a.version_no < b.version_no AND a.saved_at >= b.saved_at"),
            ("a version before its document, or in the future", "document_version v JOIN document d ON d.id = v.document_id", $"v.saved_at <= d.created_at OR v.saved_at > {Now}"),
            ("versions counted or added wrong", "document d", "version_count <> (SELECT max(version_no) FROM document_version v WHERE v.document_id = d.id) OR total_bytes <> (SELECT sum(size_bytes) FROM document_version v WHERE v.document_id = d.id)"),
            ("a folder above itself", "folder", "parent_id >= id"),
        ],
        ["event"] =
        [
            ("events out of order", "event a JOIN event b USING (stream_id)", "a.sequence_no < b.sequence_no AND a.occurred_at >= b.occurred_at"),
            ("a stream that does not begin with its creation", "event e JOIN stream s ON s.id = e.stream_id", "(e.type = s.kind || '.created') <> (e.sequence_no = 1) OR e.type NOT LIKE s.kind || '.%'"),
            ("an event before its stream, or in the future", "event e JOIN stream s ON s.id = e.stream_id", $"e.occurred_at <= s.started_at OR e.occurred_at > {Now}"),
            ("another version than events", "stream s", "version <> (SELECT max(sequence_no) FROM event e WHERE e.stream_id = s.id)"),
            ("a payload that says something else", "event", "payload->>'type' <> type OR (payload->>'amount')::numeric <> amount OR (payload->>'no')::bigint <> sequence_no OR payload->>'actor' <> actor"),
            ("a view outside its session", "page_view v JOIN session s ON s.id = v.session_id", $"v.viewed_at NOT BETWEEN s.opened_at AND s.closed_at OR s.closed_at > {Now}"),
            ("views counted wrong", "session s JOIN (SELECT session_id, count(*) AS views FROM page_view GROUP BY session_id) v ON v.session_id = s.id", "s.page_views <> v.views"),
        ],
        ["metric"] =
        [
            ("a series with other figures than its samples", "series s LEFT JOIN (SELECT series_id, count(*) AS rows, min(value) AS least, max(value) AS most, avg(value) AS middle FROM sample GROUP BY series_id) m ON m.series_id = s.id", "s.sample_count <> coalesce(m.rows, 0) OR s.lowest IS DISTINCT FROM m.least OR s.highest IS DISTINCT FROM m.most OR abs(s.average - m.middle) > 1e-9"),
            ("a metric twice on one host", "series a JOIN series b USING (host_id, metric)", "a.id < b.id"),
            ("dates out of order or in the future", "alert", $"resolved_at <= raised_at OR greatest(raised_at, resolved_at) > {Now}"),
            ("a state that does not fit", "alert", "(state = 'resolved') <> (resolved_at IS NOT NULL)"),
        ],
        ["log"] =
        [
            ("a status that does not fit the outcome", "request", "outcome <> CASE WHEN status < 400 THEN 'success' WHEN status < 500 THEN 'client_error' ELSE 'server_error' END"),
            ("an error in the log of what the server did not fail at", "log_line l JOIN request r ON r.id = l.request_id", "l.level = 'ERROR' AND r.outcome <> 'server_error'"),
            ("an exception without an error", "log_line", "(exception IS NOT NULL) <> (level = 'ERROR')"),
            ("a line of another trace or time", "log_line l JOIN request r ON r.id = l.request_id", $"l.trace_id <> r.trace_id OR l.logged_at < r.started_at OR l.logged_at > {Now}"),
            ("lines counted wrong", "request r JOIN (SELECT request_id, max(line_no) AS lines, count(*) AS rows FROM log_line GROUP BY request_id) l ON l.request_id = r.id", "r.line_count <> l.lines OR r.line_count <> l.rows"),
        ],
    };

    public static TheoryData<string> Samples() => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Sample_InPostgres_MakesSense(string sample)
    {
        var plan = Plans.Compile(Plans.Sample(sample));
        var connectionString = await server.CreateEmptyDatabaseAsync();
        await Psql.RunAsync(connectionString, input => SqlScript.Write(plan, SqlPart.All, RowFormat.SqlCopy, input, 1, null, TestContext.Current.CancellationToken));
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        var offended = new List<string>();
        foreach (var (never, from, where) in Rules[sample])
        {
            await using var count = new NpgsqlCommand($"SELECT count(*) FROM {from} WHERE {where}", connection);
            if (await count.ExecuteScalarAsync(TestContext.Current.CancellationToken) is > 0L and var rows)
                offended.Add($"{never}: {rows} rows");
        }

        Assert.Empty(offended);
    }

    [Fact]
    public void Samples_WithoutRules_AreThoseThatAreForOtherUses() =>
        Assert.Equal(["chinook", "contract-all", "customers-orders"], Directory.GetFiles(Repository.PathOf("samples")).Select(file => Path.GetFileName(file).Split('.')[0]).Except(Rules.Keys).Order(StringComparer.Ordinal));
}
