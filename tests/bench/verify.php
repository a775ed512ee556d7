<?php
// What `verify` is measured against in PHP: its SELECT with PDO over a persistent connection, and two columns printed.
// The server prepares it, as for `verify`; with BENCH_EMULATE PDO writes the number into the text, as it does by itself.
$db = new PDO('mysql:unix_socket=' . $_SERVER['BENCH_DB'] . ';dbname=ecoo;charset=utf8mb4', 'ecoo_verify', '', [
	PDO::ATTR_PERSISTENT => true, PDO::ATTR_EMULATE_PREPARES => isset($_SERVER['BENCH_EMULATE']), PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
$select = $db->prepare('SELECT number, check_code, applicant, goods, origin_country, destination_country, agency, '
	. 'agency_name, agency_email, agency_phone, agency_website, office, state, issued_at, ended_at, reason, replaced_by, '
	. 'sha256, range_sha256, size FROM public_certificate WHERE number = ?');
$select->execute([basename($_SERVER['DOCUMENT_URI'])]);
$row = $select->fetch(PDO::FETCH_ASSOC);
header('Content-Type: application/json');
if ($row === false)
	http_response_code(404);
else
	echo json_encode(['number' => $row['number'], 'applicant' => $row['applicant']]), "\n";
